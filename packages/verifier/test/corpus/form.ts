/** Tokens whose outer form is wrong. */
import { compact, rs256 } from "../../testing/local-issuer.ts";
import { claims, token, type Maker } from "./row.ts";

/** Any header and payload, properly signed. */
const signed = ({ issuer }: Maker, header: unknown, payload: unknown): string =>
  compact(header, payload, rs256(issuer.key.privateKey));

const header = ({ issuer }: Maker) => ({ alg: "RS256", typ: "JWT", kid: issuer.key.kid });

/** Changes one part of a valid token. */
const withPart = (at: 0 | 1 | 2, change: (part: string) => string) => (maker: Maker) =>
  maker
    .token()
    .split(".")
    .map((part, index) => (index === at ? change(part) : part))
    .join(".");

/** The same signature: its last character has four bits that are not used. */
const respelled = (signature: string): string => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return signature.slice(0, -1) + (letters[letters.indexOf(signature.at(-1) ?? "") + 1] ?? "");
};

/** njwt 2.0.1 reads the length of a signature that is not there, on a stack of its own: the process ends. */
const NO_SIGNATURE = { breaks: { okta: "throws where nobody can catch it" } };
const both = (why: string) => ({ lenient: { auth0: why, okta: why } });

export const form = [
  token("a word", () => "token"),
  token("dots alone", () => ".."),
  token("two parts", (maker) => maker.token().split(".", 2).join("."), NO_SIGNATURE),
  token("four parts", (maker) => `${maker.token()}.AAAA`),
  token("five parts, as encrypted ones have", (maker) => `${maker.token()}.AAAA.AAAA`),
  token("the token twice", (maker) => maker.token() + maker.token()),
  token(
    "no signature",
    withPart(2, () => ""),
    NO_SIGNATURE,
  ),
  token(
    "a signature that is cut off",
    withPart(2, (signature) => signature.slice(0, -20)),
  ),
  token(
    "a signature that goes on",
    withPart(2, (signature) => `${signature}AAAA`),
  ),
  token(
    "a payload that is cut off",
    withPart(1, (payload) => payload.slice(0, -8)),
  ),
  token(
    "a signature in another spelling",
    withPart(2, respelled),
    both("reads base64url to the last whole byte"),
  ),
  token(
    "a signature with padding",
    withPart(2, (signature) => `${signature}==`),
    both("reads padded base64 too"),
  ),
  token(
    "a signature in plain base64",
    (maker) => {
      // One in 50,000 signatures has neither character, and reads the same in both.
      const differs = Array.from({ length: 100 }, (_, at) => maker.token({ jti: String(at) })).find((made) =>
        /[-_][^.]*$/.test(made),
      );
      const [head = "", payload = "", signature = ""] = (differs ?? "").split(".");
      return [head, payload, signature.replaceAll("-", "+").replaceAll("_", "/")].join(".");
    },
    both("reads plain base64 too"),
  ),
  token("a header that is not JSON", (maker) => signed(maker, "RS256", maker.issuer.claims)),
  token("a header that is a list", (maker) => signed(maker, [header(maker)], maker.issuer.claims)),
  token("a header that is null", (maker) => signed(maker, null, maker.issuer.claims)),
  token("a payload that is not JSON", (maker) => signed(maker, header(maker), "claims")),
  token("a payload that is empty", (maker) => signed(maker, header(maker), {})),
  token("a payload that is a list", (maker) => signed(maker, header(maker), [maker.issuer.claims])),
  token("a payload that is null", (maker) => signed(maker, header(maker), null)),
  token("a payload that is a number", (maker) => signed(maker, header(maker), 7)),
  token(
    "a payload that is not UTF-8",
    (maker) => {
      const times = { iat: maker.now, exp: maker.now + 3600 };
      const bytes = Buffer.from(JSON.stringify({ ...maker.issuer.claims, ...times, x: "?" }));
      bytes[bytes.lastIndexOf("?")] = 0xff;
      return signed(maker, header(maker), bytes);
    },
    both("replaces what is not UTF-8"),
  ),
  claims(
    "a claim that makes it longer than 8192 characters",
    { filler: "x".repeat(6200) },
    both("has no limit"),
  ),
  token("five thousand lists in one another", (maker) => signed(maker, header(maker), "[".repeat(5000))),
];
