import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { userId } from "../../formats.ts";
import { idParams, roleOf, userOf } from "../../lookups.ts";
import { checkpointQuery, listed, offsetQuery, timeCursor } from "../../paging.ts";
import { giveRoles } from "../users/roles.ts";
import { userSummary } from "../users/summary.ts";

export const roleUserRoutes = [
  route({
    method: "GET",
    path: "/api/v2/roles/:id/users",
    operation: "get_role_user",
    access: ["read:roles", "read:users", "read:role_members"],
    success: 200,
    params: idParams,
    query: z.looseObject({ ...offsetQuery, ...checkpointQuery() }),
    handler: ({ params, query }, { db }) => {
      roleOf(db, params.id);
      return listed(query, {
        name: "users",
        rows: db.userRoles,
        where: eq("role_id", params.id),
        order: ["created_at", "user_id"],
        show: (given) => userSummary(db, given.user_id),
        limited: true,
        cursor: { form: timeCursor, of: (given) => [given.created_at, given.user_id] },
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/roles/:id/users",
    operation: "post_role_users",
    access: ["update:roles", "create:role_members"],
    success: 200,
    params: idParams,
    body: z.strictObject({
      users: z.array(userId).describe("user_id's of the users to assign the role to."),
    }),
    handler: ({ params, body }, context) => {
      const role = roleOf(context.db, params.id);
      for (const userId of body.users) userOf(context.db, userId);
      for (const userId of body.users) giveRoles(context, userId, [role.id]);
      return {};
    },
  }),
];
