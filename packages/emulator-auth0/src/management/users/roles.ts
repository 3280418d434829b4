import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict } from "../../errors.ts";
import { idParams } from "../formats.ts";
import { paged } from "../paging.ts";
import { findRole } from "../roles/find.ts";
import { givenRolesReply } from "../roles/render.ts";
import { findUser } from "./find.ts";

/** How many roles a user may have (Auth0 docs: entity limits). */
const MAXIMUM = 50;

const rolesBody = z.strictObject({
  roles: z.array(z.string().min(1)).min(1).describe("List of roles IDs to associated with the user."),
});

/** Gives a user roles; those that the user has already stay as they are. */
export function giveRoles({ data, now }: Auth0Context, userId: string, roles: readonly string[]): void {
  for (const roleId of roles) {
    if (data.userRoles.has(compositeKey(userId, roleId))) continue;
    if (data.userRoles.count(eq("user_id", userId)) >= MAXIMUM) {
      throw conflict("No more roles can be assigned to this user.");
    }
    data.userRoles.insert({ user_id: userId, role_id: roleId, created_at: now() });
  }
}

const all = { path: "/api/v2/users/:id/roles", params: idParams };

/** The roles that a user has outside of organizations. */
export const userRoleRoutes = [
  route({
    ...all,
    method: "POST",
    operation: "post_user_roles",
    access: ["update:users", "create:role_members"],
    success: 204,
    body: rolesBody,
    handler: ({ params, body }, context) => {
      findUser(context, params.id);
      for (const id of body.roles) findRole(context, id);
      giveRoles(context, params.id, body.roles);
    },
  }),
  route({
    ...all,
    method: "GET",
    operation: "get_user_roles",
    access: ["read:users", "read:roles", "read:role_members"],
    success: 200,
    query: z.looseObject(paged()),
    handler: ({ params, query }, context) => {
      findUser(context, params.id);
      return givenRolesReply(context, query, context.data.userRoles.find(eq("user_id", params.id)));
    },
  }),
  route({
    ...all,
    method: "DELETE",
    operation: "delete_user_roles",
    access: ["update:users", "delete:role_members"],
    success: 204,
    body: rolesBody,
    handler: ({ params, body }, context) => {
      findUser(context, params.id);
      for (const id of body.roles) context.data.userRoles.delete(compositeKey(params.id, id));
    },
  }),
];
