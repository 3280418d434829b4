import { and, eq } from "@ai-api-access/emulator-core";
import type { Collections, Connection } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import { passwordMatches } from "../../passwords.ts";
import type { User } from "../../users-collection.ts";
import { forgetFailures, isBlocked, noteFailure } from "./guard.ts";

type UserColumn = "connection" | "email" | "username";

/** The person whom a connection knows by an email address or a user name. */
export function findUser(db: Collections, connection: Connection, login: string): User | undefined {
  const by = (column: "email" | "username", value: string): User | undefined =>
    db.users.first(and<UserColumn>(eq("connection", connection.name), eq(column, value)));
  return by("email", login) ?? by("username", login);
}

/** How a try to sign in ended. */
export type Attempt = { readonly user: User } | { readonly refused: "wrong" | "blocked" };

/** Checks a login and a password. Who tried too often is refused even with the right one. */
export function checkCredentials(
  context: Auth0Context,
  connection: Connection,
  { login, password }: { readonly login: string; readonly password: string },
): Attempt {
  const { db } = context;
  if (isBlocked(context, connection, login)) return { refused: "blocked" };
  const user = findUser(db, connection, login);
  if (user === undefined || !passwordMatches(db, user.user_id, password)) {
    noteFailure(context, connection, login);
    return { refused: isBlocked(context, connection, login) ? "blocked" : "wrong" };
  }
  forgetFailures(db, connection, login);
  return { user };
}
