/** Lets a request in when its bearer may do what the route asks for. */
import type { IncomingMessage } from "node:http";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  insufficientScope,
  invalidRequest,
  invalidToken,
  noToken,
  temporarilyUnavailable,
} from "./refusals.ts";
import { KeysUnavailable, TokenRefused, type Caller, type Verifier } from "./verifier/index.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; `null` on a route without a guard. */
    caller: Caller | null;
  }
}

export type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/**
 * A guard for a route; it runs before the body is read.
 *
 * @param permission of the API, as the stack declares it: `ai:read`
 */
export function guardWith(verify: Verifier, permission: string): Guard {
  return async (request) => {
    const token = bearerToken(request.raw, request.query);
    const caller = await verify(token).catch((error: unknown) => {
      if (error instanceof TokenRefused) {
        request.log.info({ reason: error.reason }, "token refused");
        throw invalidToken();
      }
      if (error instanceof KeysUnavailable) {
        request.log.error({ err: error }, "token not verified");
        throw temporarilyUnavailable();
      }
      throw error;
    });
    if (!caller.permissions.includes(permission)) {
      request.log.info({ reason: `no ${permission}`, subject: caller.subject }, "token refused");
      throw insufficientScope(permission);
    }
    request.caller = caller;
  };
}

/** RFC 6750, 2.1: the scheme in any case, at least one blank, the characters of a `b64token`. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * The token of a request. It comes in one header and nowhere else: in a URL it would end up in logs and histories
 * (RFC 6750, 5.3), and the body is not read before the caller is known.
 */
function bearerToken({ headers, rawHeaders }: IncomingMessage, query: unknown): string {
  if (typeof query === "object" && query !== null && "access_token" in query) throw invalidRequest();
  const { authorization } = headers;
  if (authorization === undefined) throw noToken();
  // Node keeps the first of several.
  if (timesSent(rawHeaders, "authorization") > 1) throw invalidRequest();
  const token = BEARER.exec(authorization)?.[1];
  if (token !== undefined) return token;
  // Another scheme says nothing about a token; a botched Bearer does.
  throw /^Bearer\b/i.test(authorization) ? invalidRequest() : noToken();
}

/** @param rawHeaders names and values in turn, as they came */
function timesSent(rawHeaders: readonly string[], name: string): number {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}
