import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Collections, Organization, ResourceServer } from "../../collections.ts";

type MemberColumn = "organization_id" | "user_id";
type PermissionColumn = "role_id" | "resource_server_identifier";

/**
 * The permissions on an API that a person brings into a token: those given directly, and those of roles. Within an
 * organization the roles held in it count, otherwise the person's own (Auth0 docs: work with tokens and
 * organizations). Sorted by name.
 */
export function permissionsFor(
  db: Collections,
  userId: string,
  api: ResourceServer,
  organization: Organization | undefined,
): string[] {
  const direct = db.userPermissions
    .find(eq("user_id", userId))
    .filter((given) => given.resource_server_identifier === api.identifier);
  const byRole = rolesFor(db, userId, organization).flatMap((roleId) =>
    db.rolePermissions.find(
      and<PermissionColumn>(eq("role_id", roleId), eq("resource_server_identifier", api.identifier)),
    ),
  );
  return [...new Set([...direct, ...byRole].map((given) => given.permission_name))].sort();
}

function rolesFor(db: Collections, userId: string, organization: Organization | undefined): string[] {
  const given =
    organization === undefined
      ? db.userRoles.find(eq("user_id", userId))
      : db.organizationMemberRoles.find(
          and<MemberColumn>(eq("organization_id", organization.id), eq("user_id", userId)),
        );
  return given.map(({ role_id: roleId }) => roleId);
}

/** Whether a person is a member of an organization. */
export function isMember(db: Collections, organizationId: string, userId: string): boolean {
  return db.organizationMembers.has(compositeKey(organizationId, userId));
}
