/** Where the access tokens of the two vendors differ. */
import type { JWTPayload } from "jose";
import { publishedKeys } from "./keys.ts";
import { check } from "./refusal.ts";

export interface Auth0Config {
  /** With the slash at its end, as Auth0 writes it: `https://acme.us.auth0.com/`. */
  readonly issuer: string;
  /** The identifier of the API. */
  readonly audience: string;
  /** The one organization whose people and machines come in: `org_…`. */
  readonly organizationId: string;
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

/** Auth0 docs: Access Token Profiles; Work with Tokens and Organizations. */
export function auth0Issuer({ issuer, audience, organizationId, proofOfPossession }: Auth0Config) {
  return {
    vendor: "auth0",
    issuer,
    audience,
    impliedTyp: undefined,
    proofRequired: proofOfPossession === "required",
    findKey: publishedKeys(`${issuer}.well-known/jwks.json`),
    permissionsOf(claims: JWTPayload): readonly string[] {
      // A token that other APIs take too is one that they could bring here.
      const others = [claims.aud].flat().filter((aud) => aud !== audience && aud !== `${issuer}userinfo`);
      check(others.length === 0, "other audiences too");
      // Only id tokens have these (OpenID Connect Core, 2 and 3.3.2.11).
      check(!("nonce" in claims || "at_hash" in claims || "c_hash" in claims), "an id token");
      check(claims.org_id === organizationId, "other organization");

      const { permissions, scope, sub, azp, client_id } = claims;
      if (isTextList(permissions)) return permissions;
      // Where RBAC of the API is off, `scope` lists whatever was asked for. That proves nothing of a person, but a
      // machine gets no more than its grant (Auth0 docs: Enable Role-Based Access Control for APIs).
      const client = azp ?? client_id;
      const isMachine = isText(client) && sub === `${client}@clients`;
      check(permissions === undefined && isMachine && isText(scope), "no permissions");
      return scope.split(" ");
    },
  } as const;
}

/** Okta docs: OpenID Connect & OAuth 2.0 API, Access token. */
export function oktaIssuer({ issuer, audience, clientId }: OktaConfig) {
  return {
    vendor: "okta",
    issuer,
    audience,
    // An authorization server of Okta sets none.
    impliedTyp: "JWT",
    proofRequired: false,
    findKey: publishedKeys(`${issuer}/v1/keys`),
    permissionsOf({ aud, cid, scp }: JWTPayload): readonly string[] {
      check(aud === audience, "other audiences too");
      // Id tokens have neither `cid` nor `scp`.
      check(cid === clientId, "other client");
      check(isTextList(scp) && scp.length > 0, "no permissions");
      return scp;
    },
  } as const;
}

export function isText(claim: unknown): claim is string {
  return typeof claim === "string" && claim !== "";
}

function isTextList(claim: unknown): claim is readonly string[] {
  return Array.isArray(claim) && claim.every(isText);
}
