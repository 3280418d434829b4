/** A server behind the verifier, the two issuers that it trusts, and a stranger that it does not. */
import { once } from "node:events";
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from "node:http";
import { jest } from "@jest/globals";
import { createVerifier, credentials, Refusal, requirePermission, type Verifier } from "../../index.ts";
import { startIssuers, type LocalIssuers } from "../../testing/index.ts";
import { LocalIssuer } from "../../testing/local-issuer.ts";
import type { Maker, Vendor } from "../corpus/row.ts";

export interface Served {
  readonly origin: string;
  readonly issuers: LocalIssuers;
  readonly stranger: LocalIssuer;
  readonly verify: Verifier;
  readonly makerFor: (vendor: Vendor) => Maker;
  /** POST wants `ai:write`, all others `ai:read`. */
  readonly ask: (request: Request) => Promise<Answered>;
  close(): Promise<void>;
}

/** By default a GET of `/`. */
export interface Request {
  readonly method?: "GET" | "HEAD" | "POST";
  readonly path?: string;
  /** Names and values in turn. */
  readonly headers?: readonly string[];
}

export interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export const withToken = (token: string): Request => ({ headers: ["authorization", `Bearer ${token}`] });

export async function serve(): Promise<Served> {
  const issuers = await startIssuers();
  const stranger = await LocalIssuer.start({ issuerPath: "/", keysPath: "/keys", header: {}, claims: {} });
  const verify = createVerifier(issuers.config);
  const server = createServer((request, response) => {
    void answer(verify, request).then(({ status, headers, body }) =>
      response.writeHead(status, headers).end(body),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server got no port.");
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    issuers,
    stranger,
    verify,
    makerFor: (vendor) => {
      const issuer = issuers[vendor];
      const now = Math.floor(Date.now() / 1000);
      return {
        issuer,
        other: issuers[vendor === "auth0" ? "okta" : "auth0"],
        stranger,
        now,
        token: (claims, header) => issuer.token(now, claims, header),
      };
    },
    ask: (request) => send(origin, request),
    close: async () => {
      server.close();
      await Promise.all([once(server, "close"), issuers.close(), stranger.close()]);
    },
  };
}

async function answer(verify: Verifier, request: IncomingMessage) {
  try {
    const { token, proof } = credentials(request);
    const caller = await verify(token, proof);
    requirePermission(caller, request.method === "POST" ? "ai:write" : "ai:read");
    return { status: 200, headers: {}, body: caller.subject };
  } catch (error) {
    if (!(error instanceof Refusal)) return { status: 500, headers: {}, body: String(error) };
    return { status: error.status, headers: error.headers({ realm: "ai-api" }), body: error.message };
  }
}

/** Node's own client: it sends a header as often as it is given. */
async function send(
  origin: string,
  { method = "GET", path = "/", headers = [] }: Request,
): Promise<Answered> {
  const sent = httpRequest(origin + path, {
    method,
    agent: false,
    headers: ["host", new URL(origin).host, ...headers],
  }).end();
  const response = await new Promise<IncomingMessage>((answered, failed) => {
    sent.once("response", answered).once("error", failed);
  });
  const body = (await response.setEncoding("utf8").toArray()).join("");
  return { status: response.statusCode, headers: response.headers, body };
}

/** The reason why a token is not valid; any other error is thrown on. */
export async function refusal(verify: Verifier, token: string): Promise<string | undefined> {
  try {
    await verify(token);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal && error.error === "invalid_token") return error.reason;
    throw error;
  }
}

/** Time passes by `jest.advanceTimersByTime` alone, for `Date` and `performance`; timers and sockets run on. */
export function stopClock(): void {
  jest.useFakeTimers({
    doNotFake: [
      "hrtime",
      "nextTick",
      "queueMicrotask",
      "setImmediate",
      "clearImmediate",
      "setInterval",
      "clearInterval",
      "setTimeout",
      "clearTimeout",
    ],
  });
}
