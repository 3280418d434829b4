import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { epochSeconds } from "../../kit/index.ts";
import type { Client, Organization, ResourceServer } from "../collections.ts";
import type { Auth0Context } from "../context.ts";
import { identityOf, signingKeys } from "../identity.ts";

/** What an access token for a machine says. */
export interface MachineToken {
  readonly client: Client;
  readonly api: ResourceServer;
  /** As the request named it. */
  readonly audience: string;
  readonly scope: readonly string[];
  readonly organization: Organization | undefined;
}

/**
 * Signs an access token for a machine (Auth0 docs: access token profiles). The `rfc9068_profile` dialects
 * name the client in `client_id` and have a `jti`; the `_authz` dialects list permissions when policies are enforced.
 */
export async function signAccessToken(
  { db, clock }: Auth0Context,
  origin: string,
  { client, api, audience, scope, organization }: MachineToken,
): Promise<string> {
  const identity = identityOf(db);
  const dialect = api.token_dialect ?? "access_token";
  const rfc9068 = dialect.startsWith("rfc9068_profile");
  const withNames = db.settings.get("settings")?.allow_organization_name_in_authentication_api === true;
  const now = epochSeconds(clock);
  const claims = {
    iss: `${origin}/`,
    sub: `${client.client_id}@clients`,
    aud: audience,
    iat: now,
    exp: now + api.token_lifetime,
    ...(scope.length === 0 ? {} : { scope: scope.join(" ") }),
    ...(organization === undefined ? {} : { org_id: organization.id }),
    ...(organization !== undefined && withNames ? { org_name: organization.name } : {}),
    ...(rfc9068
      ? { client_id: client.client_id, jti: randomUUID() }
      : { gty: "client-credentials", azp: client.client_id }),
    ...(api.enforce_policies === true && dialect.endsWith("_authz") ? { permissions: scope } : {}),
  };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "RS256", typ: rfc9068 ? "at+jwt" : "JWT", kid: identity.signing.kid })
    .sign(signingKeys(identity).privateKey);
}
