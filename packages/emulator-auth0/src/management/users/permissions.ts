import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { idParams } from "../formats.ts";
import { arrayReply, paged } from "../paging.ts";
import {
  permissionKeys,
  permissionsBody,
  permissionsIn,
  renderPermission,
} from "../resource-servers/permissions.ts";
import type { Permission } from "../resource-servers/record.ts";
import { findUser } from "./find.ts";

/** Where a user's permission comes from. */
interface Source {
  readonly source_id: string;
  readonly source_name: string;
  readonly source_type: "DIRECT" | "ROLE";
}

const DIRECT: Source = { source_id: "", source_name: "", source_type: "DIRECT" };

/** A user's permissions with each of their sources, as stored: given directly, or by a role. */
function* grantedTo({ data }: Auth0Context, userId: string): Generator<[Permission, Source]> {
  for (const given of data.userPermissions.find(eq("user_id", userId))) yield [given, DIRECT];
  for (const { role_id: id } of data.userRoles.find(eq("user_id", userId))) {
    const source: Source = {
      source_id: id,
      source_name: data.roles.get(id)?.name ?? "",
      source_type: "ROLE",
    };
    for (const given of data.rolePermissions.find(eq("role_id", id))) yield [given, source];
  }
}

/** A user's permissions by name, each once with all of its sources. */
function renderPermissions(context: Auth0Context, origin: string, userId: string): unknown[] {
  const found = new Map<string, { readonly permission: Permission; readonly sources: Source[] }>();
  for (const [permission, source] of grantedTo(context, userId)) {
    const key = compositeKey(permission.resource_server_identifier, permission.permission_name);
    const entry = found.get(key) ?? { permission, sources: [] };
    entry.sources.push(source);
    found.set(key, entry);
  }
  return [...found.values()]
    .toSorted((a, b) => a.permission.permission_name.localeCompare(b.permission.permission_name))
    .map(({ permission, sources }) => ({ ...renderPermission(context, origin, permission), sources }));
}

const all = { path: "/api/v2/users/:id/permissions", params: idParams };

/** What a user may do, by roles or directly. */
export const userPermissionRoutes = [
  route({
    ...all,
    method: "POST",
    operation: "post_permissions",
    access: ["update:users"],
    success: 201,
    body: permissionsBody,
    handler: ({ params, body, call }, context) => {
      findUser(context, params.id);
      for (const permission of permissionsIn(context, call.origin, body)) {
        context.data.userPermissions.put({ user_id: params.id, ...permission });
      }
      return {};
    },
  }),
  route({
    ...all,
    method: "GET",
    operation: "get_permissions",
    access: ["read:users"],
    success: 200,
    query: z.looseObject(paged()),
    handler: ({ params, query, call }, context) => {
      findUser(context, params.id);
      return arrayReply(query, "permissions", renderPermissions(context, call.origin, params.id));
    },
  }),
  route({
    ...all,
    method: "DELETE",
    operation: "delete_permissions",
    access: ["update:users"],
    success: 204,
    body: permissionsBody,
    handler: ({ params, body, call }, context) => {
      findUser(context, params.id);
      for (const key of permissionKeys(call.origin, params.id, body))
        context.data.userPermissions.delete(key);
    },
  }),
];
