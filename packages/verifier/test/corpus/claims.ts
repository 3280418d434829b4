/** Tokens that are properly signed by the right issuer and say the wrong thing; for both vendors. */
import { compact, rs256 } from "../../testing/local-issuer.ts";
import { claims, header, token } from "./row.ts";

const LEEWAY = 5;
const MONTH = 30 * 24 * 3600;
const OURS = "https://ai.example.com";
const OTHER = "https://other.example.com";

const neitherLooks = { lenient: { auth0: "does not look at it", okta: "does not look at it" } };
const oktaDoesNotLook = { lenient: { okta: "does not look at it" } };
const endless = "takes it for a token without an end";

/** Nobody here has its key. */
const THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
const certificates = "is not told to look for certificates";

export const wrongClaims = [
  claims("bound to a key, and presented as a plain token", { cnf: { jkt: THUMBPRINT } }, oktaDoesNotLook),
  claims(
    "bound to a certificate",
    { cnf: { "x5t#S256": THUMBPRINT } },
    { lenient: { auth0: certificates, okta: certificates } },
  ),
  claims("bound to nothing that is known", { cnf: { kid: "1" } }, neitherLooks),
  claims("cnf null", { cnf: null }, neitherLooks),
  claims("iss missing", { iss: undefined }),
  claims("iss of a stranger", { iss: "https://evil.example.com/" }),
  claims("iss of the other issuer", ({ other }) => ({ iss: other.issuer })),
  token("iss and kid of the other issuer", (maker) =>
    maker.token({ iss: maker.other.issuer }, { kid: maker.other.key.kid }),
  ),
  claims("iss in capitals", ({ issuer }) => ({ iss: issuer.issuer.toUpperCase() })),
  claims("iss with a slash more or less", ({ issuer: { issuer } }) => ({
    iss: issuer.endsWith("/") ? issuer.slice(0, -1) : `${issuer}/`,
  })),
  claims("iss with something after it", ({ issuer }) => ({ iss: `${issuer.issuer}.evil.com` })),
  claims("iss in a list", ({ issuer }) => ({ iss: [issuer.issuer] })),
  claims("iss a number", { iss: 1 }),
  claims("iss __proto__", { iss: "__proto__" }),

  claims("aud missing", { aud: undefined }),
  claims("aud of another API", { aud: OTHER }),
  claims("aud of other APIs, in a list", { aud: [OTHER, "https://third.example.com"] }),
  claims("aud an empty list", { aud: [] }),
  claims("aud null", { aud: null }),
  claims("aud a number", { aud: 1 }),
  claims("aud an object", { aud: { [OURS]: true } }),
  claims("aud in a list in a list", { aud: [[OURS]] }),
  claims("aud with a slash more", { aud: `${OURS}/` }),
  claims("aud that only begins so", { aud: `${OURS}.evil.com` }),
  claims("aud that is a part of ours", { aud: "https://ai.example" }),
  claims(
    "aud of ours and of another API",
    { aud: [OURS, OTHER] },
    { lenient: { auth0: "wants ours to be among them", okta: "wants ours to be among them" } },
  ),

  claims("exp missing", { exp: undefined }, { lenient: { okta: endless } }),
  claims("exp a second beyond the leeway", ({ now }) => ({ exp: now - LEEWAY - 1 })),
  claims("exp an hour ago", ({ now }) => ({ iat: now - 7200, exp: now - 3600 })),
  claims("exp in 1970", { exp: 0 }),
  claims("exp negative", { exp: -1 }),
  claims("exp a text", ({ now }) => ({ exp: String(now + 3600) }), {
    lenient: { okta: "takes a text for a number" },
  }),
  claims("exp null", { exp: null }),
  claims("exp a list", ({ now }) => ({ exp: [now + 3600] }), {
    lenient: { okta: "takes a list for a number" },
  }),
  claims("exp true", { exp: true }),
  claims("exp in milliseconds", ({ now }) => ({ exp: (now + 3600) * 1000 }), {
    lenient: { auth0: "has no limit", okta: "has no limit" },
  }),
  token(
    "exp beyond all numbers",
    ({ issuer, now }) => {
      // JSON.stringify does not write such a number.
      const payload = JSON.stringify({ ...issuer.claims, iat: now, exp: 0 }).replace(/0}$/, "1e999}");
      return compact({ ...issuer.header, kid: issuer.key.kid }, payload, rs256(issuer.key.privateKey));
    },
    { lenient: { auth0: "has no limit", okta: endless } },
  ),

  claims("nbf a second beyond the leeway", ({ now }) => ({ nbf: now + LEEWAY + 1 }), { byASecond: true }),
  claims("nbf in an hour", ({ now }) => ({ nbf: now + 3600, exp: now + 7200 })),
  claims("nbf a text", { nbf: "yesterday" }, { lenient: { okta: "takes it for a date that is no date" } }),
  claims("nbf null", { nbf: null }, oktaDoesNotLook),

  claims("iat missing", { iat: undefined }, neitherLooks),
  claims("iat in an hour", ({ now }) => ({ iat: now + 3600, exp: now + 7200 }), neitherLooks),
  claims("iat a second beyond the leeway", ({ now }) => ({ iat: now + LEEWAY + 1 }), { byASecond: true }),
  claims("iat a text", ({ now }) => ({ iat: String(now) }), oktaDoesNotLook),
  claims(
    "iat longer ago than any token lives",
    ({ now }) => ({ iat: now - MONTH - LEEWAY - 1 }),
    neitherLooks,
  ),
  claims("a life longer than either vendor gives", ({ now }) => ({ exp: now + MONTH + 1 }), neitherLooks),

  claims("sub missing", { sub: undefined }, neitherLooks),
  claims("sub empty", { sub: "" }, neitherLooks),
  claims("sub a number", { sub: 7 }, oktaDoesNotLook),

  header("typ of a logout token", { typ: "logout+jwt" }, neitherLooks),
  header("typ of a DPoP proof", { typ: "dpop+jwt" }, neitherLooks),
  header("typ of a client assertion", { typ: "client-authentication+jwt" }, neitherLooks),
  header("typ a number", { typ: 1 }, neitherLooks),
];
