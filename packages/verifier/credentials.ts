import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** RFC 6750, 2.1; RFC 9449, 7.1: the scheme in any case, at least one blank, the characters of a `token68`. */
const CREDENTIALS = /^(Bearer|DPoP) +([\w.~+/-]+=*)$/i;

/** A DPoP proof, and the request that it came with. */
export interface Proof {
  readonly jwt: string;
  readonly method: string;
  /** As the caller knows it: `https://ai.example.com/v1/answers`. */
  readonly url: string;
}

/** What a request presents: a plain token, or one that is bound to a key, with the proof of that key. */
export interface Credentials {
  readonly token: string;
  readonly proof?: Proof;
}

type Request = Pick<IncomingMessage, "method" | "url" | "rawHeaders"> & {
  readonly socket?: object | undefined;
};

/**
 * The token of a request. It comes in one header and nowhere else: in a URL it would end up in logs and histories
 * (RFC 6750, 5.3), and the body is not read before the caller is known.
 *
 * @param origin where callers reach the API, such as `https://ai.example.com`; by default what the request itself says,
 * which is wrong behind something that ends TLS. Proofs are made for it.
 * @throws Refusal 401 without a token or a proof that belongs to it, 400 when it comes in another way
 */
export function credentials(request: Request, origin?: string): Credentials {
  const query = new URLSearchParams(/[?#](.*)/s.exec(request.url ?? "")?.[1]);
  if (query.has("access_token")) throw new Refusal("invalid_request", "a token in the query");
  const [header, ...more] = valuesOf(request, "authorization");
  if (header === undefined) throw new Refusal("unauthorized", "no token");
  if (more.length > 0) throw new Refusal("invalid_request", "several Authorization headers");
  const [, scheme = "", token] = CREDENTIALS.exec(header) ?? [];
  if (token !== undefined) {
    return /^DPoP$/i.test(scheme) ? { token, proof: proofOf(request, origin) } : { token };
  }
  // Another scheme says nothing about a token; a malformed one of these does.
  const [malformed] = /^(Bearer|DPoP)\b/i.exec(header) ?? [];
  if (malformed === undefined) throw new Refusal("unauthorized", "another scheme than Bearer and DPoP");
  throw new Refusal("invalid_request", "a malformed Authorization header");
}

function proofOf(request: Request, origin?: string): Proof {
  const [jwt, ...more] = valuesOf(request, "dpop");
  if (jwt === undefined || more.length > 0) {
    const reason = jwt === undefined ? "no proof" : "several proofs";
    throw new Refusal("invalid_dpop_proof", reason, { scheme: "DPoP" });
  }
  const { method = "", url = "" } = request;
  // A proxy's form of a request has the whole URL; to anybody else its path alone counts.
  const path = url.startsWith("/") ? url : url.replace(/^\w+:\/\/[^/?#]*/, "");
  return { jwt, method, url: `${origin ?? originOf(request)}${path}` };
}

function originOf(request: Request): string {
  const isEncrypted = request.socket !== undefined && "encrypted" in request.socket;
  return `${isEncrypted ? "https" : "http"}://${valuesOf(request, "host")[0] ?? ""}`;
}

/** All values of a header: `headers` has only the first of several. */
function valuesOf({ rawHeaders }: Request, name: string): string[] {
  // Names and values in turn.
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}
