/** Tokens that Auth0 alone could give out, and that are not for this API, this organization, or this use. */
import { INSUFFICIENT_SCOPE, type BadToken, type Maker } from "./row.ts";

const withClaims = (claims: Record<string, unknown>) => (maker: Maker) => maker.token(claims);
const NOT_ASKED = { auth0: "is not asked for permissions here" };

export const auth0: readonly BadToken[] = [
  { name: "no organization", make: withClaims({ org_id: undefined }) },
  { name: "another organization", make: withClaims({ org_id: "org_AnotherCompany12" }) },
  {
    name: "the organization's id in capitals",
    make: (maker) => maker.token({ org_id: organizationOf(maker).toUpperCase() }),
  },
  {
    name: "the organization's id and more",
    make: (maker) => maker.token({ org_id: `${organizationOf(maker)}0` }),
  },
  {
    name: "the organization's id in a list",
    make: (maker) => maker.token({ org_id: [organizationOf(maker)] }),
  },
  {
    name: "the organization's id in an object",
    make: (maker) => maker.token({ org_id: { id: organizationOf(maker) } }),
  },
  { name: "the organization's name in place of its id", make: withClaims({ org_id: "my-awesome-company" }) },
  {
    name: "the organization's name alone",
    make: withClaims({ org_id: undefined, org_name: "my-awesome-company" }),
  },
  { name: "org_id null", make: withClaims({ org_id: null }) },
  { name: "org_id an empty text", make: withClaims({ org_id: "" }) },

  {
    name: "an id token",
    make: ({ issuer, token }) =>
      token({
        aud: issuer.claims.azp,
        azp: undefined,
        permissions: undefined,
        scope: undefined,
        nonce: "n-0S6_WzA2Mj",
      }),
  },
  {
    name: "an id token for this audience",
    make: withClaims({ nonce: "n-0S6_WzA2Mj", at_hash: "77QmUPtjPfzWtF2AnpK9RQ" }),
    lenient: { auth0: "tells id tokens by their audience alone" },
  },
  {
    name: "a token for the Management API",
    make: ({ issuer, token }) => token({ aud: `${issuer.issuer}api/v2/` }),
  },
  {
    name: "a token for userinfo alone",
    make: ({ issuer, token }) => token({ aud: `${issuer.issuer}userinfo` }),
  },
  {
    name: "typ missing",
    make: (maker) => maker.token({}, { typ: undefined }),
    lenient: { auth0: "does not look at it" },
  },
  {
    name: "typ of an id token of OpenID Federation",
    make: (maker) => maker.token({}, { typ: "entity-statement+jwt" }),
    lenient: { auth0: "does not look at it" },
  },

  {
    name: "a person without permissions, though with scopes",
    make: withClaims({ permissions: undefined }),
    lenient: NOT_ASKED,
  },
  {
    name: "a person who calls itself a machine",
    make: withClaims({ permissions: undefined, gty: "client-credentials" }),
    lenient: NOT_ASKED,
  },
  {
    name: "a machine of another client",
    make: withClaims({ permissions: undefined, sub: "AnotherClient@clients" }),
    lenient: NOT_ASKED,
  },
  { name: "permissions a text", make: withClaims({ permissions: "ai:read ai:write" }), lenient: NOT_ASKED },
  {
    name: "permissions an object",
    make: withClaims({ permissions: { "ai:read": true } }),
    lenient: NOT_ASKED,
  },
  { name: "permissions null", make: withClaims({ permissions: null }), lenient: NOT_ASKED },
  {
    name: "permissions with a number among them",
    make: withClaims({ permissions: ["ai:read", 1] }),
    lenient: NOT_ASKED,
  },

  ...allowingTooLittle("permissions"),
];

function organizationOf({ issuer }: Maker): string {
  return String(issuer.claims.org_id);
}

/** Good tokens that do not allow to read. */
export function allowingTooLittle(claim: "permissions" | "scp"): BadToken[] {
  const lists = {
    "the other permission": ["ai:write"],
    "the permission in capitals": ["AI:READ"],
    "a permission that begins so": ["ai:reader"],
    "a permission that is the beginning": ["ai:rea"],
    "all permissions in one text": ["ai:read ai:write"],
    "a star": ["*", "ai:*"],
  };
  return Object.entries(lists).map(([name, list]) => ({
    name,
    make: (maker: Maker) => maker.token({ [claim]: list }),
    answer: INSUFFICIENT_SCOPE,
    lenient: { auth0: "is not asked for permissions here", okta: "is not asked for scopes here" },
  }));
}
