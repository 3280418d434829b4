import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { limitReached } from "../../errors.ts";
import { idParams } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import {
  permissionKeys,
  permissionsBody,
  permissionsIn,
  renderPermission,
} from "../resource-servers/permissions.ts";
import { findRole } from "./find.ts";

/** How many permissions a role may have (Auth0 docs: entity limits). */
const MAXIMUM = 1000;

const all = { path: "/api/v2/roles/:id/permissions", params: idParams };

/** What a role lets people do. */
export const rolePermissionRoutes = [
  route({
    ...all,
    method: "POST",
    operation: "post_role_permission_assignment",
    access: ["update:roles"],
    success: 201,
    body: permissionsBody,
    handler: ({ params, body, call }, context) => {
      const { rolePermissions } = context.data;
      findRole(context, params.id);
      for (const permission of permissionsIn(context, call.origin, body)) {
        rolePermissions.put({ role_id: params.id, ...permission });
      }
      if (rolePermissions.count(eq("role_id", params.id)) > MAXIMUM) throw limitReached();
      return {};
    },
  }),
  route({
    ...all,
    method: "GET",
    operation: "get_role_permission",
    access: ["read:roles"],
    success: 200,
    query: z.looseObject(paged()),
    handler: ({ params, query, call }, context) => {
      findRole(context, params.id);
      return pageReply(query, {
        name: "permissions",
        rows: context.data.rolePermissions,
        where: eq("role_id", params.id),
        order: ["permission_name", "resource_server_identifier"],
        render: (given) => renderPermission(context, call.origin, given),
      });
    },
  }),
  route({
    ...all,
    method: "DELETE",
    operation: "delete_role_permission_assignment",
    access: ["update:roles"],
    success: 204,
    body: permissionsBody,
    handler: ({ params, body, call }, context) => {
      findRole(context, params.id);
      for (const key of permissionKeys(call.origin, params.id, body))
        context.data.rolePermissions.delete(key);
    },
  }),
];
