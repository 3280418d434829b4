/** Tokens that Okta alone could give out, and that are not of this app or this authorization server. */
import { allowingTooLittle } from "./auth0.ts";
import type { BadToken, Maker } from "./row.ts";

const withClaims = (claims: Record<string, unknown>) => (maker: Maker) => maker.token(claims);
const NOT_ASKED = { okta: "is not asked for scopes here" };

export const okta: readonly BadToken[] = [
  { name: "cid missing", make: withClaims({ cid: undefined }) },
  { name: "cid of another app", make: withClaims({ cid: "0oaAnotherApp1234567" }) },
  {
    name: "cid of another app, sub of this one",
    make: (maker) => maker.token({ cid: "0oaAnotherApp1234567" }),
  },
  {
    name: "cid in capitals",
    make: ({ issuer, token }) => token({ cid: String(issuer.claims.cid).toUpperCase() }),
  },
  { name: "cid in a list", make: ({ issuer, token }) => token({ cid: [issuer.claims.cid] }) },
  { name: "cid null", make: withClaims({ cid: null }) },
  {
    name: "client_id in place of cid",
    make: ({ issuer, token }) => token({ cid: undefined, client_id: issuer.claims.cid }),
  },

  { name: "scp missing", make: withClaims({ scp: undefined }), lenient: NOT_ASKED },
  { name: "scp empty", make: withClaims({ scp: [] }), lenient: NOT_ASKED },
  { name: "scp a text", make: withClaims({ scp: "ai:read ai:write" }), lenient: NOT_ASKED },
  { name: "scp with a number among them", make: withClaims({ scp: ["ai:read", 1] }), lenient: NOT_ASKED },
  {
    name: "scope in place of scp",
    make: withClaims({ scp: undefined, scope: "ai:read ai:write" }),
    lenient: NOT_ASKED,
  },

  {
    name: "an id token",
    make: ({ issuer, token }) =>
      token({
        aud: issuer.claims.cid,
        cid: undefined,
        scp: undefined,
        jti: "ID.4eAWJOCMB3SX8XewDfVR",
        nonce: "n-0S6_WzA2Mj",
      }),
  },
  {
    name: "an id token for this audience",
    make: withClaims({
      cid: undefined,
      scp: undefined,
      jti: "ID.4eAWJOCMB3SX8XewDfVR",
      nonce: "n-0S6_WzA2Mj",
    }),
  },
  {
    name: "a token of the org's own issuer",
    make: ({ issuer, token }) => token({ iss: issuer.origin, aud: issuer.origin }),
  },
  {
    name: "a token of the default server",
    make: ({ issuer, token }) => token({ iss: `${issuer.origin}/oauth2/default` }),
  },
  {
    name: "aud in a list",
    make: ({ issuer, token }) => token({ aud: [issuer.claims.aud] }),
    lenient: { okta: "takes a list too; Okta makes none" },
  },

  ...allowingTooLittle("scp"),
];
