import { z } from "zod";
import { clearFailures } from "../authentication/login/credentials.ts";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { idParams } from "./formats.ts";
import { findUser } from "./users/find.ts";
import type { UserRecord } from "./users/record.ts";

/** Lifts the blocks of a login in every connection. */
function unblockLogin(context: Auth0Context, login: string): void {
  for (const connection of context.data.connections.find()) clearFailures(context, connection, login);
}

/** Lifts the blocks of whatever somebody signs in with. */
export function unblock(context: Auth0Context, { email, username }: UserRecord): void {
  for (const login of [email, username]) if (login !== undefined) unblockLogin(context, login);
}

const remove = { method: "DELETE", access: ["update:users"], success: 204 } as const;

/** Lifts what too many wrong passwords brought about (Auth0 docs: brute-force protection). */
export const userBlockRoutes = [
  route({
    ...remove,
    path: "/api/v2/user-blocks",
    operation: "delete_user-blocks",
    query: z.looseObject({
      identifier: z.string().describe("Should be any of a username, phone number, or email."),
    }),
    handler: ({ query }, context) => {
      unblockLogin(context, query.identifier);
    },
  }),
  route({
    ...remove,
    path: "/api/v2/user-blocks/:id",
    operation: "delete_user-blocks_by_id",
    params: idParams,
    handler: ({ params }, context) => {
      unblock(context, findUser(context, params.id));
    },
  }),
];
