import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { storedIdentifier } from "../../audience.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { idParams, userOf } from "../../lookups.ts";
import { offsetQuery, pageOf } from "../../paging.ts";
import { checkedPermissions, permissionsBody, showPermission } from "../permissions.ts";
import type { Permission } from "../permissions.ts";

interface Source {
  readonly source_id: string;
  readonly source_name: string;
  readonly source_type: "DIRECT" | "ROLE";
}

/** A user's permissions, each with where it comes from: given directly, or by a role. */
export function permissionsOf(
  db: Collections,
  userId: string,
): { permission: Permission; sources: Source[] }[] {
  const direct = db.userPermissions.find(eq("user_id", userId)).map((permission) => ({
    permission,
    source: { source_id: "", source_name: "", source_type: "DIRECT" as const },
  }));
  const byRole = db.userRoles.find(eq("user_id", userId)).flatMap(({ role_id: roleId }) => {
    const source = {
      source_id: roleId,
      source_name: db.roles.get(roleId)?.name ?? "",
      source_type: "ROLE" as const,
    };
    return db.rolePermissions.find(eq("role_id", roleId)).map((permission) => ({ permission, source }));
  });
  const found = new Map<string, { permission: Permission; sources: Source[] }>();
  for (const { permission, source } of [...direct, ...byRole]) {
    const key = compositeKey(permission.resource_server_identifier, permission.permission_name);
    const entry = found.get(key) ?? { permission, sources: [] };
    entry.sources.push(source);
    found.set(key, entry);
  }
  return [...found.values()].sort((a, b) =>
    a.permission.permission_name.localeCompare(b.permission.permission_name),
  );
}

export const userPermissionRoutes = [
  route({
    method: "GET",
    path: "/api/v2/users/:id/permissions",
    operation: "get_permissions",
    access: ["read:users"],
    success: 200,
    params: idParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query, call }, { db }) => {
      userOf(db, params.id);
      const permissions = permissionsOf(db, params.id).map(({ permission, sources }) => ({
        ...showPermission(db, call.origin, permission),
        sources,
      }));
      return pageOf(query, "permissions", permissions);
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/users/:id/permissions",
    operation: "post_permissions",
    access: ["update:users"],
    success: 201,
    params: idParams,
    body: permissionsBody,
    handler: ({ params, body, call }, { db }) => {
      userOf(db, params.id);
      for (const permission of checkedPermissions(db, call.origin, body)) {
        db.userPermissions.put({ user_id: params.id, ...permission });
      }
      return {};
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/users/:id/permissions",
    operation: "delete_permissions",
    access: ["update:users"],
    success: 204,
    params: idParams,
    body: permissionsBody,
    handler: ({ params, body, call }, { db }) => {
      userOf(db, params.id);
      for (const { resource_server_identifier: reference, permission_name: name } of body.permissions) {
        db.userPermissions.delete(compositeKey(params.id, storedIdentifier(call.origin, reference), name));
      }
    },
  }),
];
