import { z } from "zod";
import { forgetFailures } from "../../authentication/login/guard.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { idParams, userOf } from "../../lookups.ts";
import type { User } from "../../users-collection.ts";

/** Lifts the blocks of a login in every connection. */
function unblockLogin(db: Collections, login: string): void {
  for (const connection of db.connections.find()) forgetFailures(db, connection, login);
}

/** Lifts the blocks of whatever somebody signs in with. */
export function unblock(db: Collections, { email, username }: Pick<User, "email" | "username">): void {
  for (const login of [email, username]) if (login !== undefined) unblockLogin(db, login);
}

/** `/user-blocks`: lifts what too many wrong passwords brought about (Auth0 docs: brute-force protection). */
export const userBlockRoutes = [
  route({
    method: "DELETE",
    path: "/api/v2/user-blocks",
    operation: "delete_user-blocks",
    access: ["update:users"],
    success: 204,
    query: z.looseObject({
      identifier: z.string().describe("Should be any of a username, phone number, or email."),
    }),
    handler: ({ query }, { db }) => {
      unblockLogin(db, query.identifier);
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/user-blocks/:id",
    operation: "delete_user-blocks_by_id",
    access: ["update:users"],
    success: 204,
    params: idParams,
    handler: ({ params }, { db }) => {
      unblock(db, userOf(db, params.id));
    },
  }),
];
