/** Lets a request in when its bearer may do what the route asks for. */
import { bearerToken, requirePermission, type Caller, type Verifier } from "@ai-api-access/verifier";
import type { FastifyReply, FastifyRequest } from "fastify";

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
 * @throws Refusal
 */
export function guardWith(verify: Verifier, permission: string): Guard {
  return async (request) => {
    const caller = await verify(bearerToken(request.raw));
    requirePermission(caller, permission);
    request.caller = caller;
  };
}
