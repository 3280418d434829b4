import { z } from "zod";
import { compositeKey, eq, timestamp } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict } from "../../errors.ts";
import { idParams, roleOf, userOf } from "../../lookups.ts";
import { offsetQuery } from "../../paging.ts";
import { rolesPage } from "../roles/assigned.ts";

/** How many roles a user may have (Auth0 docs: entity limits). */
const MAXIMUM = 50;

const rolesBody = z.strictObject({
  roles: z.array(z.string().min(1)).min(1).describe("List of roles IDs to associated with the user."),
});

/** Gives a user roles; those that the user has already stay as they are. */
export function giveRoles({ db, clock }: Auth0Context, userId: string, roles: readonly string[]): void {
  for (const roleId of roles) {
    if (db.userRoles.has(compositeKey(userId, roleId))) continue;
    if (db.userRoles.count(eq("user_id", userId)) >= MAXIMUM) {
      throw conflict("No more roles can be assigned to this user.");
    }
    db.userRoles.insert({ user_id: userId, role_id: roleId, created_at: timestamp(clock) });
  }
}

export const userRoleRoutes = [
  route({
    method: "GET",
    path: "/api/v2/users/:id/roles",
    operation: "get_user_roles",
    access: ["read:users", "read:roles", "read:role_members"],
    success: 200,
    params: idParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query }, { db }) => {
      userOf(db, params.id);
      return rolesPage(db, query, db.userRoles.find(eq("user_id", params.id)));
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/users/:id/roles",
    operation: "post_user_roles",
    access: ["update:users", "create:role_members"],
    success: 204,
    params: idParams,
    body: rolesBody,
    handler: ({ params, body }, context) => {
      userOf(context.db, params.id);
      for (const roleId of body.roles) roleOf(context.db, roleId);
      giveRoles(context, params.id, body.roles);
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/users/:id/roles",
    operation: "delete_user_roles",
    access: ["update:users", "delete:role_members"],
    success: 204,
    params: idParams,
    body: rolesBody,
    handler: ({ params, body }, { db }) => {
      userOf(db, params.id);
      for (const roleId of body.roles) db.userRoles.delete(compositeKey(params.id, roleId));
    },
  }),
];
