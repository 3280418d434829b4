/** Tokens that are properly signed by the right issuer and say the wrong thing; for both vendors. */
import { compact, rs256 } from "../../testing/compact.ts";
import type { BadToken, Maker } from "./row.ts";

const LEEWAY = 5;
const MONTH = 30 * 24 * 3600;

const withClaims = (claims: Record<string, unknown>) => (maker: Maker) => maker.token(claims);
const withTimes = (times: (now: number) => Record<string, unknown>) => (maker: Maker) =>
  maker.token(times(maker.now));

/** Numbers that JSON.stringify does not write. */
const withExpAsText = (exp: string) => (maker: Maker) => {
  const claims = JSON.stringify({ ...maker.issuer.claims, iat: maker.now });
  const header = { alg: "RS256", ...maker.issuer.header, kid: maker.issuer.key.kid };
  return compact(header, `${claims.slice(0, -1)},"exp":${exp}}`, rs256(maker.issuer.key.privateKey));
};

const NOT_CHECKED = "does not look at it";
const neitherLooks = { auth0: NOT_CHECKED, okta: NOT_CHECKED };

export const claims: readonly BadToken[] = [
  { name: "iss missing", make: withClaims({ iss: undefined }) },
  { name: "iss of a stranger", make: withClaims({ iss: "https://evil.example.com/" }) },
  { name: "iss of the other issuer", make: (maker) => maker.token({ iss: maker.other.issuer }) },
  {
    name: "iss and kid of the other issuer",
    make: (maker) => maker.token({ iss: maker.other.issuer }, { kid: maker.other.key.kid }),
  },
  { name: "iss in capitals", make: (maker) => maker.token({ iss: maker.issuer.issuer.toUpperCase() }) },
  {
    name: "iss with a slash more or less",
    make: ({ issuer, token }) =>
      token({ iss: issuer.issuer.endsWith("/") ? issuer.issuer.slice(0, -1) : `${issuer.issuer}/` }),
  },
  {
    name: "iss with something after it",
    make: (maker) => maker.token({ iss: `${maker.issuer.issuer}.evil.com` }),
  },
  { name: "iss in a list", make: (maker) => maker.token({ iss: [maker.issuer.issuer] }) },
  { name: "iss a number", make: withClaims({ iss: 1 }) },
  { name: "iss __proto__", make: withClaims({ iss: "__proto__" }) },

  { name: "aud missing", make: withClaims({ aud: undefined }) },
  { name: "aud of another API", make: withClaims({ aud: "https://other.example.com" }) },
  {
    name: "aud of other APIs, in a list",
    make: withClaims({ aud: ["https://other.example.com", "https://third.example.com"] }),
  },
  { name: "aud an empty list", make: withClaims({ aud: [] }) },
  { name: "aud null", make: withClaims({ aud: null }) },
  { name: "aud a number", make: withClaims({ aud: 1 }) },
  { name: "aud an object", make: withClaims({ aud: { "https://ai.example.com": true } }) },
  { name: "aud in a list in a list", make: withClaims({ aud: [["https://ai.example.com"]] }) },
  { name: "aud with a slash more", make: withClaims({ aud: "https://ai.example.com/" }) },
  { name: "aud that only begins so", make: withClaims({ aud: "https://ai.example.com.evil.com" }) },
  { name: "aud that is a part of ours", make: withClaims({ aud: "https://ai.example" }) },
  {
    name: "aud of ours and of another API",
    make: withClaims({ aud: ["https://ai.example.com", "https://other.example.com"] }),
    lenient: { auth0: "wants ours to be among them", okta: "wants ours to be among them" },
  },

  {
    name: "exp missing",
    make: withClaims({ exp: undefined }),
    lenient: { okta: "takes it for a token without an end" },
  },
  { name: "exp a second beyond the leeway", make: withTimes((now) => ({ exp: now - LEEWAY - 1 })) },
  { name: "exp an hour ago", make: withTimes((now) => ({ iat: now - 7200, exp: now - 3600 })) },
  { name: "exp in 1970", make: withClaims({ exp: 0 }) },
  { name: "exp negative", make: withClaims({ exp: -1 }) },
  {
    name: "exp a text",
    make: withTimes((now) => ({ exp: String(now + 3600) })),
    lenient: { okta: "takes a text for a number" },
  },
  { name: "exp null", make: withClaims({ exp: null }) },
  {
    name: "exp a list",
    make: withTimes((now) => ({ exp: [now + 3600] })),
    lenient: { okta: "takes a list for a number" },
  },
  { name: "exp true", make: withClaims({ exp: true }) },
  {
    name: "exp in milliseconds",
    make: withTimes((now) => ({ exp: (now + 3600) * 1000 })),
    lenient: { auth0: "has no limit", okta: "has no limit" },
  },
  {
    name: "exp beyond all numbers",
    make: withExpAsText("1e999"),
    lenient: { auth0: "has no limit", okta: "takes it for a token without an end" },
  },

  {
    name: "nbf a second beyond the leeway",
    make: withTimes((now) => ({ nbf: now + LEEWAY + 1 })),
    byASecond: true,
  },
  { name: "nbf in an hour", make: withTimes((now) => ({ nbf: now + 3600, exp: now + 7200 })) },
  {
    name: "nbf a text",
    make: withClaims({ nbf: "yesterday" }),
    lenient: { okta: "takes it for a date that is no date" },
  },
  { name: "nbf null", make: withClaims({ nbf: null }), lenient: { okta: NOT_CHECKED } },

  { name: "iat missing", make: withClaims({ iat: undefined }), lenient: neitherLooks },
  {
    name: "iat in an hour",
    make: withTimes((now) => ({ iat: now + 3600, exp: now + 7200 })),
    lenient: neitherLooks,
  },
  {
    name: "iat a second beyond the leeway",
    make: withTimes((now) => ({ iat: now + LEEWAY + 1 })),
    byASecond: true,
  },
  { name: "iat a text", make: withTimes((now) => ({ iat: String(now) })), lenient: { okta: NOT_CHECKED } },
  {
    name: "iat longer ago than any token lives",
    make: withTimes((now) => ({ iat: now - MONTH - LEEWAY - 1, exp: now + 3600 })),
    lenient: neitherLooks,
  },
  {
    name: "a life longer than either vendor gives",
    make: withTimes((now) => ({ exp: now + MONTH + 1 })),
    lenient: neitherLooks,
  },

  { name: "sub missing", make: withClaims({ sub: undefined }), lenient: neitherLooks },
  { name: "sub empty", make: withClaims({ sub: "" }), lenient: neitherLooks },
  { name: "sub a number", make: withClaims({ sub: 7 }), lenient: { okta: NOT_CHECKED } },

  {
    name: "typ of a logout token",
    make: (maker) => maker.token({}, { typ: "logout+jwt" }),
    lenient: neitherLooks,
  },
  {
    name: "typ of a DPoP proof",
    make: (maker) => maker.token({}, { typ: "dpop+jwt" }),
    lenient: neitherLooks,
  },
  {
    name: "typ of a client assertion",
    make: (maker) => maker.token({}, { typ: "client-authentication+jwt" }),
    lenient: neitherLooks,
  },
  { name: "typ a number", make: (maker) => maker.token({}, { typ: 1 }), lenient: neitherLooks },
];
