/** Every token that must not get in, by vendor: what both have, and what only one of them could give out. */
import { wrongClaims } from "./claims.ts";
import { form } from "./form.ts";
import { claims, header, type BadToken, type Vendor } from "./row.ts";
import { signature } from "./signature.ts";

const auth0NotAsked = { lenient: { auth0: "is not asked for permissions here" } };
const auth0DoesNotLook = { lenient: { auth0: "does not look at it" } };
const oktaNotAsked = { lenient: { okta: "is not asked for scopes here" } };

const auth0 = [
  claims("no organization", { org_id: undefined }),
  claims("another organization", { org_id: "org_AnotherCompany12" }),
  claims("the organization's id in capitals", ({ issuer }) => ({
    org_id: String(issuer.claims.org_id).toUpperCase(),
  })),
  claims("the organization's id and more", ({ issuer }) => ({ org_id: `${String(issuer.claims.org_id)}0` })),
  claims("the organization's id in a list", ({ issuer }) => ({ org_id: [issuer.claims.org_id] })),
  claims("the organization's id in an object", ({ issuer }) => ({ org_id: { id: issuer.claims.org_id } })),
  claims("the organization's name in place of its id", { org_id: "my-awesome-company" }),
  claims("the organization's name alone", { org_id: undefined, org_name: "my-awesome-company" }),
  claims("org_id null", { org_id: null }),
  claims("org_id an empty text", { org_id: "" }),

  claims("an id token", ({ issuer }) => ({
    aud: issuer.claims.azp,
    azp: undefined,
    permissions: undefined,
    scope: undefined,
    nonce: "n-0S6_WzA2Mj",
  })),
  claims(
    "an id token for this audience",
    { nonce: "n-0S6_WzA2Mj", at_hash: "77QmUPtjPfzWtF2AnpK9RQ" },
    { lenient: { auth0: "recognizes id tokens by their audience alone" } },
  ),
  claims("a token for the Management API", ({ issuer }) => ({ aud: `${issuer.issuer}api/v2/` })),
  claims("a token for userinfo alone", ({ issuer }) => ({ aud: `${issuer.issuer}userinfo` })),
  header("typ missing", { typ: undefined }, auth0DoesNotLook),
  header("typ of an id token of OpenID Federation", { typ: "entity-statement+jwt" }, auth0DoesNotLook),

  claims("a person without permissions, though with scopes", { permissions: undefined }, auth0NotAsked),
  claims(
    "a person who calls itself a machine",
    { permissions: undefined, gty: "client-credentials" },
    auth0NotAsked,
  ),
  claims(
    "a machine of another client",
    { permissions: undefined, sub: "AnotherClient@clients" },
    auth0NotAsked,
  ),
  claims("permissions a text", { permissions: "ai:read ai:write" }, auth0NotAsked),
  claims("permissions an object", { permissions: { "ai:read": true } }, auth0NotAsked),
  claims("permissions null", { permissions: null }, auth0NotAsked),
  claims("permissions with a number among them", { permissions: ["ai:read", 1] }, auth0NotAsked),

  ...allowingTooLittle("permissions"),
];

const ANOTHER_APP = "0oaAnotherApp1234567";
const oktaIdToken = { cid: undefined, scp: undefined, jti: "ID.4eAWJOCMB3SX8XewDfVR", nonce: "n-0S6_WzA2Mj" };

const okta = [
  claims("cid missing", { cid: undefined }),
  claims("cid of another app", { cid: ANOTHER_APP, sub: ANOTHER_APP }),
  claims("cid of another app, sub of this one", { cid: ANOTHER_APP }),
  claims("cid in capitals", ({ issuer }) => ({ cid: String(issuer.claims.cid).toUpperCase() })),
  claims("cid in a list", ({ issuer }) => ({ cid: [issuer.claims.cid] })),
  claims("cid null", { cid: null }),
  claims("client_id in place of cid", ({ issuer }) => ({ cid: undefined, client_id: issuer.claims.cid })),

  claims("scp missing", { scp: undefined }, oktaNotAsked),
  claims("scp empty", { scp: [] }, oktaNotAsked),
  claims("scp a text", { scp: "ai:read ai:write" }, oktaNotAsked),
  claims("scp with a number among them", { scp: ["ai:read", 1] }, oktaNotAsked),
  claims("scope in place of scp", { scp: undefined, scope: "ai:read ai:write" }, oktaNotAsked),

  claims("an id token", ({ issuer }) => ({ ...oktaIdToken, aud: issuer.claims.cid })),
  claims("an id token for this audience", oktaIdToken),
  claims("a token of the org's own issuer", ({ issuer }) => {
    const { origin } = new URL(issuer.issuer);
    return { iss: origin, aud: origin };
  }),
  claims("a token of the default server", ({ issuer }) => ({
    iss: `${new URL(issuer.issuer).origin}/oauth2/default`,
  })),
  claims("aud in a list", ({ issuer }) => ({ aud: [issuer.claims.aud] }), {
    lenient: { okta: "takes a list too; Okta makes none" },
  }),

  ...allowingTooLittle("scp"),
];

/** Valid tokens that do not allow to read. */
function allowingTooLittle(claim: "permissions" | "scp"): BadToken[] {
  const lists = {
    "the other permission": ["ai:write"],
    "the permission in capitals": ["AI:READ"],
    "a permission that begins so": ["ai:reader"],
    "a permission that is the beginning": ["ai:rea"],
    "all permissions in one text": ["ai:read ai:write"],
    "a star": ["*", "ai:*"],
  };
  return Object.entries(lists).map(([name, list]) =>
    claims(
      name,
      { [claim]: list },
      { error: "insufficient_scope", lenient: { ...auth0NotAsked.lenient, ...oktaNotAsked.lenient } },
    ),
  );
}

export const badTokens: Readonly<Record<Vendor, readonly BadToken[]>> = {
  auth0: [...form, ...signature, ...wrongClaims, ...auth0],
  okta: [...form, ...signature, ...wrongClaims, ...okta],
};
