/** The API and its two issuers on loopback, and a stranger whom nobody trusts; with a clock that stands still. */
import { once } from "node:events";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { buildApi } from "../../api.ts";
import { startIssuers, type LocalIssuers } from "../../testing/issuers.ts";
import { LocalIssuer } from "../../testing/local-issuer.ts";
import { createVerifier, TokenRefused, type Verifier, type VerifierOptions } from "../../verifier/index.ts";
import type { Request } from "../corpus/requests.ts";
import type { Maker, Vendor } from "../corpus/row.ts";

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Served {
  readonly issuers: LocalIssuers;
  readonly stranger: LocalIssuer;
  /** Epoch seconds: what the API takes the time to be. */
  readonly now: number;
  readonly verify: Verifier;
  readonly makerFor: (vendor: Vendor) => Maker;
  /** Sends a request; with a token, under Bearer. */
  readonly ask: (request: Request, token?: string) => Promise<Answered>;
  close(): Promise<void>;
}

export const READ: Request = { path: "/v1/answers?question=why" };
export const WRITE: Request = {
  method: "POST",
  path: "/v1/lessons",
  headers: ["content-type", "application/json"],
  body: JSON.stringify({ question: "why", answer: "because" }),
};

export async function serve(options: VerifierOptions = {}): Promise<Served> {
  const issuers = await startIssuers();
  const stranger = await LocalIssuer.start({ vendor: "okta", claims: {}, header: {} });
  const now = Math.floor(Date.now() / 1000);
  const verify = createVerifier(issuers.config, { now: () => now * 1000, ...options });
  const api = buildApi(issuers.config, { verify });
  const url = await api.listen({ port: 0, host: "127.0.0.1" });
  return {
    issuers,
    stranger,
    now,
    verify,
    makerFor: (vendor) => {
      const issuer = issuers[vendor];
      return {
        vendor,
        issuer,
        other: issuers[vendor === "auth0" ? "okta" : "auth0"],
        stranger,
        now,
        token: (claims, header) => issuer.token(now, claims, header),
      };
    },
    ask: (request, token) => send(url, request, token),
    close: async () => {
      await Promise.all([api.close(), issuers.close(), stranger.close()]);
    },
  };
}

/** The reason of a refusal; anything else is thrown on. */
export async function refusal(verify: Verifier, token: string): Promise<string | undefined> {
  try {
    await verify(token);
    return undefined;
  } catch (error) {
    if (error instanceof TokenRefused) return error.reason;
    throw error;
  }
}

/** Node's own client: it sends a header as often as it is told to. */
async function send(
  url: string,
  { method = "GET", path = "/v1/answers?question=why", headers = [], body }: Request,
  token?: string,
): Promise<Answered> {
  const sent = httpRequest(url + path, {
    method,
    agent: false,
    headers: [
      "host",
      new URL(url).host,
      ...(token === undefined ? [] : ["authorization", `Bearer ${token}`]),
      ...(body === undefined ? [] : ["content-length", String(Buffer.byteLength(body))]),
      ...headers,
    ],
  });
  sent.end(body);
  const response = await new Promise<import("node:http").IncomingMessage>((answered, failed) => {
    sent.once("response", answered).once("error", failed);
  });
  const chunks: string[] = [];
  response.setEncoding("utf8").on("data", (chunk: string) => chunks.push(chunk));
  await once(response, "end");
  return { status: response.statusCode ?? 0, headers: response.headers, body: chunks.join("") };
}
