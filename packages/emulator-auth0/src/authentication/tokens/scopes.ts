import { and, eq } from "@ai-api-access/emulator-core";
import type { Client, ClientGrant, Collections, ResourceServer } from "../../collections.ts";

/** The claims that each scope of OpenID Connect brings (Auth0 docs: OpenID Connect scopes). */
export const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  profile: ["nickname", "name", "given_name", "family_name", "picture", "updated_at"],
  email: ["email", "email_verified"],
};

/** The scopes that belong to no API. */
export const OIDC_SCOPES = ["openid", "profile", "email", "offline_access"];

/** What a person's sign-in can be asked for on an API, or on none. */
export interface Target {
  readonly client: Client;
  readonly api: ResourceServer | undefined;
  /** What the person may do on the API; counts where the API enforces its policies. */
  readonly permissions: readonly string[];
}

/**
 * The scopes that are granted of those asked for. An API's own must be defined on it and, where it enforces its
 * policies, be among the person's permissions; the others are left out silently (Auth0 docs: role-based access
 * control).
 */
export function grantedScopes(db: Collections, asked: readonly string[], target: Target): string[] {
  const { client, api, permissions } = target;
  return asked.filter((scope) => {
    if (scope === "offline_access") return allowsOfflineAccess(client, api);
    if (OIDC_SCOPES.includes(scope)) return true;
    if (api?.scopes?.some(({ value }) => value === scope) !== true) return false;
    if (api.enforce_policies === true && !permissions.includes(scope)) return false;
    return isDelegated(db, client, api, scope);
  });
}

/** Refresh tokens need the application's grant and, where one is asked for, the API's permission. */
function allowsOfflineAccess(client: Client, api: ResourceServer | undefined): boolean {
  return (
    client.grant_types.includes("refresh_token") && (api === undefined || api.allow_offline_access === true)
  );
}

/** Whether an application may ask for an API on behalf of people (Auth0 docs: API access policies). */
export function mayDelegate(db: Collections, client: Client, api: ResourceServer): boolean {
  const policy = userPolicy(api);
  if (policy === "require_client_grant") return userGrant(db, client, api) !== undefined;
  return policy !== "deny_all";
}

function isDelegated(db: Collections, client: Client, api: ResourceServer, scope: string): boolean {
  if (userPolicy(api) !== "require_client_grant") return true;
  const grant = userGrant(db, client, api);
  return grant?.allow_all_scopes === true || grant?.scope?.includes(scope) === true;
}

function userPolicy(api: ResourceServer): string {
  return policyOf(api, "user") ?? "allow_all";
}

function userGrant(db: Collections, client: Client, api: ResourceServer): ClientGrant | undefined {
  return grantFor(db, client, api, "user");
}

/** The grant of an API to an application: on its own behalf, or on behalf of people. */
export function grantFor(
  db: Collections,
  client: Client,
  api: ResourceServer,
  subject: ClientGrant["subject_type"],
): ClientGrant | undefined {
  return db.clientGrants.first(
    and<"client_id" | "audience" | "subject_type">(
      eq("client_id", client.client_id),
      eq("audience", api.identifier),
      eq("subject_type", subject),
    ),
  );
}

/** What an API's `subject_type_authorization` says of applications, on their own behalf or on people's. */
export function policyOf(api: ResourceServer, subject: ClientGrant["subject_type"]): string | undefined {
  return api.subject_type_authorization?.[subject]?.policy;
}
