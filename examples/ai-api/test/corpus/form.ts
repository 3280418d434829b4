/** Tokens whose outer form is wrong. */
import { compact, encoded, rs256 } from "../../testing/compact.ts";
import type { BadToken, Maker } from "./row.ts";

/** Any header and payload, properly signed. */
const signed = ({ issuer }: Maker, header: unknown, payload: unknown): string =>
  compact(header, payload, rs256(issuer.key.privateKey));

const header = ({ issuer }: Maker) => ({ alg: "RS256", typ: "JWT", kid: issuer.key.kid });

const parts = (token: string): [string, string, string] => {
  const [first = "", second = "", third = ""] = token.split(".");
  return [first, second, third];
};

/** The same signature: the last character carries four bits that nobody reads. */
const respelled = (token: string): string => {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return token.slice(0, -1) + (letters[letters.indexOf(token.at(-1) ?? "") + 1] ?? "");
};

/** njwt 2.0.1 reads the length of a signature that is not there, on a stack of its own: the process ends. */
const NO_SIGNATURE = { okta: "throws where nobody can catch it" };

export const form: readonly BadToken[] = [
  { name: "a word", make: () => "token" },
  { name: "dots alone", make: () => ".." },
  { name: "two parts", make: (maker) => parts(maker.token()).slice(0, 2).join("."), breaks: NO_SIGNATURE },
  { name: "four parts", make: (maker) => `${maker.token()}.AAAA` },
  { name: "five parts, as encrypted ones have", make: (maker) => `${maker.token()}.AAAA.AAAA` },
  { name: "the token twice", make: (maker) => maker.token() + maker.token() },
  {
    name: "no signature",
    make: (maker) => `${parts(maker.token()).slice(0, 2).join(".")}.`,
    breaks: NO_SIGNATURE,
  },
  { name: "a signature that is cut off", make: (maker) => maker.token().slice(0, -20) },
  { name: "a signature that goes on", make: (maker) => `${maker.token()}AAAA` },
  {
    name: "a payload that is cut off",
    make: (maker) => {
      const [first, second, third] = parts(maker.token());
      return [first, second.slice(0, -8), third].join(".");
    },
  },
  {
    name: "a signature in another spelling",
    make: (maker) => respelled(maker.token()),
    lenient: {
      auth0: "reads base64url to the last whole byte",
      okta: "reads base64url to the last whole byte",
    },
  },
  {
    name: "a signature with padding",
    make: (maker) => `${maker.token()}==`,
    lenient: { auth0: "reads padded base64 too", okta: "reads padded base64 too" },
  },
  {
    name: "a signature in plain base64",
    make: (maker) => {
      const [first, second, third] = parts(maker.token());
      return [first, second, third.replaceAll("-", "+").replaceAll("_", "/")].join(".");
    },
    lenient: { auth0: "reads plain base64 too", okta: "reads plain base64 too" },
  },
  { name: "a header that is not JSON", make: (maker) => signed(maker, "RS256", maker.issuer.claims) },
  { name: "a header that is a list", make: (maker) => signed(maker, [header(maker)], maker.issuer.claims) },
  { name: "a header that is null", make: (maker) => signed(maker, null, maker.issuer.claims) },
  { name: "a payload that is not JSON", make: (maker) => signed(maker, header(maker), "claims") },
  { name: "a payload that is empty", make: (maker) => signed(maker, header(maker), {}) },
  { name: "a payload that is a list", make: (maker) => signed(maker, header(maker), [maker.issuer.claims]) },
  { name: "a payload that is null", make: (maker) => signed(maker, header(maker), null) },
  { name: "a payload that is a number", make: (maker) => signed(maker, header(maker), 7) },
  {
    name: "a payload that is not UTF-8",
    make: (maker) => {
      const claims = Buffer.from(
        JSON.stringify({ ...maker.issuer.claims, iat: maker.now, exp: maker.now + 3600, x: "?" }),
      );
      claims[claims.lastIndexOf("?")] = 0xff;
      const input = `${encoded(header(maker))}.${claims.toString("base64url")}`;
      return `${input}.${rs256(maker.issuer.key.privateKey)(input)}`;
    },
    lenient: { auth0: "replaces what is not UTF-8", okta: "replaces what is not UTF-8" },
  },
  {
    name: "a claim that makes it longer than 8192 characters",
    make: (maker) => maker.token({ filler: "x".repeat(6200) }),
    lenient: { auth0: "has no limit", okta: "has no limit" },
  },
  {
    name: "five thousand lists in one another",
    make: (maker) => signed(maker, header(maker), "[".repeat(5000)),
  },
];
