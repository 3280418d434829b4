import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { epochSeconds } from "@ai-api-access/emulator-core";
import type { Client, Collections, Organization, ResourceServer } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { currentKey, keyPair } from "../../signing-keys.ts";

/** What an access token for an API says. */
export interface AccessToken {
  /** `auth0|…` for a person, `CLIENT_ID@clients` for a machine. */
  readonly subject: string;
  readonly client: Client;
  readonly api: ResourceServer;
  /** As the request named it; with `/userinfo` beside it where that was granted. */
  readonly audience: string | readonly string[];
  readonly scope: readonly string[];
  readonly permissions: readonly string[];
  readonly organization: Organization | undefined;
  /** The grant, where the vendor names it. */
  readonly gty?: "client-credentials" | "refresh_token";
}

/** Whether an API's tokens list permissions: it must enforce its policies and have a dialect that says so. */
export function listsPermissions(api: ResourceServer): boolean {
  return api.enforce_policies === true && api.token_dialect?.endsWith("_authz") === true;
}

/**
 * Signs an access token (Auth0 docs: access token profiles). The `rfc9068_profile` dialects name the client in
 * `client_id` and have a `jti`; the `_authz` dialects list permissions when policies are enforced.
 */
export async function signAccessToken(
  { db, clock }: Auth0Context,
  origin: string,
  token: AccessToken,
): Promise<string> {
  const { subject, client, api, audience, scope, permissions, organization, gty } = token;
  const rfc9068 = api.token_dialect?.startsWith("rfc9068_profile") === true;
  const now = epochSeconds(clock);
  const claims = {
    iss: `${origin}/`,
    sub: subject,
    aud: typeof audience === "string" ? audience : [...audience],
    iat: now,
    exp: now + api.token_lifetime,
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    ...organizationClaims(db, organization),
    ...(rfc9068
      ? { client_id: client.client_id, jti: randomUUID() }
      : { ...(gty === undefined ? {} : { gty }), azp: client.client_id }),
    ...(listsPermissions(api) ? { permissions } : {}),
  };
  const typ = rfc9068 ? "at+jwt" : "JWT";
  if (api.signing_alg === "HS256") {
    return new SignJWT(claims)
      .setProtectedHeader({ alg: "HS256", typ })
      .sign(Buffer.from(String(api.signing_secret)));
  }
  const key = currentKey(db);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: api.signing_alg, typ, kid: key.kid })
    .sign(keyPair(key).privateKey);
}

/**
 * Whether requests may name organizations by name, and tokens do so beside the id (Auth0 docs: use organization
 * names in Authentication API).
 */
export function usesOrganizationNames(db: Collections): boolean {
  return db.settings.get("settings")?.allow_organization_name_in_authentication_api === true;
}

/** What a token says of the organization that it is for. */
export function organizationClaims(
  db: Collections,
  organization: Organization | undefined,
): { org_id?: string; org_name?: string } {
  if (organization === undefined) return {};
  return {
    org_id: organization.id,
    ...(usesOrganizationNames(db) ? { org_name: organization.name } : {}),
  };
}
