/** Where the access tokens of the two vendors differ. */
import type { JWTPayload } from "jose";
import { publishedKeys } from "./keys.ts";
import { check } from "./refusal.ts";

export interface Auth0Config {
  /** With the slash at its end, as Auth0 writes it: `https://acme.us.auth0.com/`. */
  readonly issuer: string;
  /** The identifier of the API. */
  readonly audience: string;
  /** The one organization whose people and machines come in, `org_…`, and its name. */
  readonly organizationId?: string;
  readonly organizationName?: string;
  /** Several in its place: their ids by name. */
  readonly organizations?: Readonly<Record<string, string>>;
  /** Whether each token has to be bound to a key of its bearer, where the API asks that of all applications. */
  readonly proofOfPossession?: "required";
}

export interface OktaConfig {
  /** Of the authorization server, without a slash at its end: `https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9`. */
  readonly issuer: string;
  /** The audience of the authorization server. */
  readonly audience: string;
  /** The one app whose tokens are accepted: `0oa…`. */
  readonly clientId: string;
}

/** Whose tokens to take. */
export interface VerifierConfig {
  readonly auth0: Auth0Config;
  /** Left out, no token of Okta is valid. */
  readonly okta?: OktaConfig;
}

/** Whom a caller acts for. */
export interface Organization {
  /** `org_…` */
  readonly id: string;
  /** Undefined where the configuration does not say it. */
  readonly name: string | undefined;
}

/** What a token allows, and for which organization. */
interface Allowed {
  readonly permissions: readonly string[];
  readonly organization: Organization | undefined;
}

/** @throws TypeError without any: nobody could come in, and a slip must not let everybody in */
function organizationsOf({ organizationId, organizationName, organizations = {} }: Auth0Config) {
  const only = organizationId === undefined ? [] : [{ id: organizationId, name: organizationName }];
  const all: Organization[] = [...only, ...Object.entries(organizations).map(([name, id]) => ({ id, name }))];
  if (all.length === 0)
    throw new TypeError("The verifier wants auth0.organizationId or auth0.organizations.");
  return all;
}

/** Auth0 docs: Access Token Profiles; Work with Tokens and Organizations. */
export function auth0Issuer(config: Auth0Config) {
  const { issuer, audience, proofOfPossession } = config;
  const organizations = new Map(organizationsOf(config).map((one) => [one.id, one]));
  return {
    vendor: "auth0",
    issuer,
    audience,
    impliedTyp: undefined,
    proofRequired: proofOfPossession === "required",
    findKey: publishedKeys(`${issuer}.well-known/jwks.json`),
    allowedBy(claims: JWTPayload): Allowed {
      // A token that other APIs take too is one that they could bring here.
      const others = [claims.aud].flat().filter((aud) => aud !== audience && aud !== `${issuer}userinfo`);
      check(others.length === 0, "other audiences too");
      // Only id tokens have these (OpenID Connect Core, 2 and 3.3.2.11).
      check(!("nonce" in claims || "at_hash" in claims || "c_hash" in claims), "an id token");
      const organization = isText(claims.org_id) ? organizations.get(claims.org_id) : undefined;
      check(organization !== undefined, "other organization");

      const { permissions, scope, sub, azp, client_id } = claims;
      // With RBAC, `permissions` lists all that its bearer may do, whatever the application asked for and a person let
      // it do; `scope` has what was asked for. A token is good for what is in both (Auth0 docs: Enable Role-Based Access
      // Control for APIs).
      if (isTextList(permissions)) {
        const asked = isText(scope) ? scope.split(" ") : [];
        return { permissions: permissions.filter((permission) => asked.includes(permission)), organization };
      }
      // Where RBAC of the API is off, `scope` lists whatever was asked for. That proves nothing of a person, but a
      // machine gets no more than its grant (Auth0 docs: Enable Role-Based Access Control for APIs).
      const client = azp ?? client_id;
      const isMachine = isText(client) && sub === `${client}@clients`;
      check(permissions === undefined && isMachine && isText(scope), "no permissions");
      return { permissions: scope.split(" "), organization };
    },
  } as const;
}

/**
 * Okta docs: OpenID Connect & OAuth 2.0 API, Access token. It names no organization: the app acts for the only one, and
 * for none where there are several.
 */
export function oktaIssuer({ issuer, audience, clientId }: OktaConfig, auth0: Auth0Config) {
  const [first, ...others] = organizationsOf(auth0);
  const organization = others.length === 0 ? first : undefined;
  return {
    vendor: "okta",
    issuer,
    audience,
    // An authorization server of Okta sets none.
    impliedTyp: "JWT",
    proofRequired: false,
    findKey: publishedKeys(`${issuer}/v1/keys`),
    allowedBy({ aud, cid, scp }: JWTPayload): Allowed {
      check(aud === audience, "other audiences too");
      // Id tokens have neither `cid` nor `scp`.
      check(cid === clientId, "other client");
      check(isTextList(scp) && scp.length > 0, "no permissions");
      return { permissions: scp, organization };
    },
  } as const;
}

export function isText(claim: unknown): claim is string {
  return typeof claim === "string" && claim !== "";
}

function isTextList(claim: unknown): claim is readonly string[] {
  return Array.isArray(claim) && claim.every(isText);
}
