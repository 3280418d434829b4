import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { idParams, userId } from "../formats.ts";
import { paged, pagedByCheckpoint, pageReply, timeCursor } from "../paging.ts";
import { findUser } from "../users/find.ts";
import { renderUserSummary } from "../users/render.ts";
import { giveRoles } from "../users/roles.ts";
import { findRole } from "./find.ts";

const all = { path: "/api/v2/roles/:id/users", params: idParams };

/** Who has a role outside of organizations. */
export const roleUserRoutes = [
  route({
    ...all,
    method: "POST",
    operation: "post_role_users",
    access: ["update:roles", "create:role_members"],
    success: 200,
    body: z.strictObject({
      users: z.array(userId).describe("user_id's of the users to assign the role to."),
    }),
    handler: ({ params, body }, context) => {
      const role = findRole(context, params.id);
      for (const id of body.users) findUser(context, id);
      for (const id of body.users) giveRoles(context, id, [role.id]);
      return {};
    },
  }),
  route({
    ...all,
    method: "GET",
    operation: "get_role_user",
    access: ["read:roles", "read:users", "read:role_members"],
    success: 200,
    query: z.looseObject({ ...paged(), ...pagedByCheckpoint() }),
    handler: ({ params, query }, context) => {
      findRole(context, params.id);
      return pageReply(query, {
        name: "users",
        rows: context.data.userRoles,
        where: eq("role_id", params.id),
        order: ["created_at", "user_id"],
        render: (given) => renderUserSummary(context, given.user_id),
        limited: true,
        cursor: timeCursor,
      });
    },
  }),
];
