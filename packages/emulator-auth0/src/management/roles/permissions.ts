import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { storedIdentifier } from "../../audience.ts";
import { route } from "../../context.ts";
import { limitReached } from "../../errors.ts";
import { idParams, roleOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { checkedPermissions, permissionsBody, showPermission } from "../permissions.ts";

/** How many permissions a role may have (Auth0 docs: entity limits). */
const MAXIMUM = 1000;

export const rolePermissionRoutes = [
  route({
    method: "GET",
    path: "/api/v2/roles/:id/permissions",
    operation: "get_role_permission",
    access: ["read:roles"],
    success: 200,
    params: idParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query, call }, { db }) => {
      roleOf(db, params.id);
      return listed(query, {
        name: "permissions",
        rows: db.rolePermissions,
        where: eq("role_id", params.id),
        order: ["permission_name", "resource_server_identifier"],
        show: (given) => showPermission(db, call.origin, given),
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/roles/:id/permissions",
    operation: "post_role_permission_assignment",
    access: ["update:roles"],
    success: 201,
    params: idParams,
    body: permissionsBody,
    handler: ({ params, body, call }, { db }) => {
      roleOf(db, params.id);
      for (const permission of checkedPermissions(db, call.origin, body)) {
        db.rolePermissions.put({ role_id: params.id, ...permission });
      }
      if (db.rolePermissions.count(eq("role_id", params.id)) > MAXIMUM) throw limitReached();
      return {};
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/roles/:id/permissions",
    operation: "delete_role_permission_assignment",
    access: ["update:roles"],
    success: 204,
    params: idParams,
    body: permissionsBody,
    handler: ({ params, body, call }, { db }) => {
      roleOf(db, params.id);
      for (const { resource_server_identifier: reference, permission_name: name } of body.permissions) {
        db.rolePermissions.delete(compositeKey(params.id, storedIdentifier(call.origin, reference), name));
      }
    },
  }),
];
