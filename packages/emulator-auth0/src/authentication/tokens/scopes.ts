import { eq } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { membership } from "../../management/organizations/membership.ts";
import type { OrganizationRecord } from "../../management/organizations/record.ts";
import type { ResourceServerRecord } from "../../management/resource-servers/record.ts";
import type { UserRecord } from "../../management/users/record.ts";
import { grantFor, needsGrant } from "../apis.ts";
import { isStrict } from "../third-parties.ts";

/** The claims that each scope of OpenID Connect brings (Auth0 docs: OpenID Connect scopes). */
export const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  profile: ["nickname", "name", "given_name", "family_name", "picture", "updated_at"],
  email: ["email", "email_verified"],
};

/** The scopes that belong to no API. */
export const OIDC_SCOPES = ["openid", "profile", "email", "offline_access"];

/** What a person's sign-in can be asked for on an API, or on none. */
interface Target {
  readonly client: ClientRecord;
  readonly api: ResourceServerRecord | undefined;
  /** What the person may do on the API; counts where the API enforces its policies. */
  readonly permissions: readonly string[];
}

/** What a person lets an application ask for. */
export interface UserAuthorization {
  readonly client: ClientRecord;
  readonly user: UserRecord;
  /** The scopes asked for. */
  readonly asked: readonly string[];
  /** Absent when the request named none: then the access token is for `/userinfo` alone. */
  readonly api: ResourceServerRecord | undefined;
  readonly organization: OrganizationRecord | undefined;
}

/** What an access token says that the person may do there: permissions on the API, and the scopes that are granted. */
export function decideScopes(
  context: Auth0Context,
  { client, user, asked, api, organization }: UserAuthorization,
): { readonly permissions: string[]; readonly scope: string[] } {
  const permissions =
    api === undefined
      ? []
      : permissionsFor(context, user.user_id, api, organization).filter((permission) =>
          isDelegated(context, client, api, permission),
        );
  return { permissions, scope: grantedScopes(context, asked, { client, api, permissions }) };
}

/**
 * The scopes that are granted of those asked for. An API's own must be defined on it and, where it enforces its
 * policies, be among the person's permissions; the others are left out silently (Auth0 docs: role-based access
 * control).
 */
function grantedScopes(context: Auth0Context, asked: readonly string[], target: Target): string[] {
  const { client, api, permissions } = target;
  return asked.filter((scope) => {
    if (scope === "offline_access") return allowsOfflineAccess(client, api);
    // A strict third party's application learns nothing of the person (Auth0 docs, "Security Controls").
    if (OIDC_SCOPES.includes(scope)) return !isStrict(client);
    if (api?.scopes?.some(({ value }) => value === scope) !== true) return false;
    if (api.enforce_policies === true && !permissions.includes(scope)) return false;
    return isDelegated(context, client, api, scope);
  });
}

/** Refresh tokens need the application's grant and, where one is asked for, the API's permission. */
function allowsOfflineAccess(client: ClientRecord, api: ResourceServerRecord | undefined): boolean {
  return (
    client.grant_types.includes("refresh_token") && (api === undefined || api.allow_offline_access === true)
  );
}

/**
 * Whether an application may have a permission on behalf of people: where it needs a client grant for the API, what a
 * token carries is the intersection of the grant and what the person may do (Auth0 docs: client grants).
 */
function isDelegated(
  context: Auth0Context,
  client: ClientRecord,
  api: ResourceServerRecord,
  scope: string,
): boolean {
  if (!needsGrant(client, api)) return true;
  const grant = grantFor(context, client, api, "user");
  return grant?.allow_all_scopes === true || grant?.scope?.includes(scope) === true;
}

/**
 * The permissions on an API that a person brings into a token: those given directly, and those of roles. Within an
 * organization the roles held in it count, otherwise the person's own (Auth0 docs: work with tokens and
 * organizations). Sorted by name.
 */
function permissionsFor(
  { data }: Auth0Context,
  userId: string,
  { identifier }: ResourceServerRecord,
  organization: OrganizationRecord | undefined,
): string[] {
  const direct = data.userPermissions
    .find(eq("user_id", userId))
    .filter((given) => given.resource_server_identifier === identifier);
  const roles =
    organization === undefined
      ? data.userRoles.find(eq("user_id", userId))
      : data.organizationMemberRoles.find(membership(organization.id, userId));
  const byRole = roles.flatMap(({ role_id }) =>
    data.rolePermissions.find(matching({ role_id, resource_server_identifier: identifier })),
  );
  return [...new Set([...direct, ...byRole].map((given) => given.permission_name))].sort();
}
