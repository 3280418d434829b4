import type { IncomingMessage } from "node:http";
import { Refusal } from "./refusal.ts";

/** RFC 6750, 2.1: the scheme in any case, at least one blank, the characters of a `b64token`. */
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * The token of a request. It comes in one header and nowhere else: in a URL it would end up in logs and histories
 * (RFC 6750, 5.3), and the body is not read before the caller is known.
 *
 * @throws Refusal 401 without a token, 400 when it comes in another way
 */
export function bearerToken({ url = "", rawHeaders }: Pick<IncomingMessage, "url" | "rawHeaders">): string {
  const query = new URLSearchParams(/[?#](.*)/s.exec(url)?.[1]);
  if (query.has("access_token")) throw new Refusal("invalid_request", "a token in the query");
  // Names and values in turn. `headers` has only the first of several.
  const isAuthorization = (at: number) => at % 2 === 1 && /^authorization$/i.test(rawHeaders[at - 1] ?? "");
  const [header, ...more] = rawHeaders.filter((_, at) => isAuthorization(at));
  if (header === undefined) throw new Refusal("unauthorized", "no token");
  if (more.length > 0) throw new Refusal("invalid_request", "several Authorization headers");
  const token = BEARER.exec(header)?.[1];
  if (token !== undefined) return token;
  // Another scheme says nothing about a token; a malformed Bearer does.
  if (/^Bearer\b/i.test(header)) throw new Refusal("invalid_request", "a malformed Authorization header");
  throw new Refusal("unauthorized", "another scheme than Bearer");
}
