import type { JWTPayload } from "jose";
import { isText, isTextList, type Issuer } from "./issuer.ts";
import { TokenRefused } from "./refusal.ts";

/** What the verifier needs to know of Auth0. */
export interface Auth0Config {
  /** With the slash at its end, as Auth0 writes it: `https://acme.us.auth0.com/`. */
  readonly issuer: string;
  /** The identifier of the API. */
  readonly audience: string;
  /** The one organization whose people and machines come in: `org_…`. */
  readonly organizationId: string;
}

/** Only id tokens have these (OpenID Connect Core, 2 and 3.3.2.11). */
const ID_TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash"];

/** Access tokens of one Auth0 organization for one API (Auth0 docs: Access Token Profiles; Using Tokens and Organizations). */
export function auth0Issuer({ issuer, audience, organizationId }: Auth0Config): Issuer {
  const userinfo = `${issuer}userinfo`;
  return {
    vendor: "auth0",
    iss: issuer,
    audience,
    keysUrl: new URL(`${issuer}.well-known/jwks.json`),
    // One for each of the two token profiles, `access_token` and `rfc9068_profile`.
    types: ["jwt", "at+jwt"],
    permissionsOf(claims) {
      if (ID_TOKEN_CLAIMS.some((claim) => claim in claims)) throw new TokenRefused("an id token");
      // A token that other APIs take too is one that they could bring here.
      if (Array.isArray(claims.aud) && claims.aud.some((aud) => aud !== audience && aud !== userinfo)) {
        throw new TokenRefused("other audiences too");
      }
      if (claims.org_id !== organizationId) throw new TokenRefused("other organization");
      return permissionsOf(claims);
    },
  };
}

/**
 * `permissions` says what roles (of people) or grants (of machines) give. Where an API has RBAC switched off there is
 * no such claim, and `scope` lists whatever was asked for: that proves something of a machine, whose grant limits
 * what it gets, and nothing of a person. (Auth0 docs: Enable Role-Based Access Control for APIs.)
 */
function permissionsOf({ permissions, scope, sub, azp, client_id: clientId }: JWTPayload): readonly string[] {
  if (isTextList(permissions)) return permissions;
  const client = azp ?? clientId;
  const isMachine = isText(client) && sub === `${client}@clients`;
  if (permissions === undefined && isMachine && isText(scope)) return scope.split(" ");
  throw new TokenRefused("no permissions");
}
