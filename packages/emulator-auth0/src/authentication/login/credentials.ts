import { and, anyOf, compare, eq } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { passwordMatches } from "../../management/users/passwords.ts";
import type { UserRecord } from "../../management/users/record.ts";
import { PEOPLE, SEED_PASSWORD } from "../../people.ts";

/** Auth0 docs, brute-force protection: so many wrong passwords for one login, and it is blocked for so long. */
const THRESHOLD = 10;
const BLOCK = 30 * 24 * 3_600_000;

function keyOf(connection: ConnectionRecord, login: string): string {
  return `${connection.name}|${login.toLowerCase()}`;
}

/** Whether a login was tried with wrong passwords too often. */
function isBlocked({ data, clock }: Auth0Context, connection: ConnectionRecord, login: string): boolean {
  if (connection.options.brute_force_protection === false) return false;
  const failures = data.loginFailures.get(keyOf(connection, login));
  return failures !== undefined && failures.count >= THRESHOLD && failures.expires_at >= clock();
}

/** Counts a wrong password. */
function addFailure({ data, clock }: Auth0Context, connection: ConnectionRecord, login: string): void {
  const now = clock();
  data.loginFailures.deleteWhere(compare("expires_at", "<", now));
  const key = keyOf(connection, login);
  const count = (data.loginFailures.get(key)?.count ?? 0) + 1;
  data.loginFailures.put({ key, count, expires_at: now + BLOCK });
}

/** Forgets the wrong passwords of a login, after a right one or because an administrator lifts the block. */
export function clearFailures({ data }: Auth0Context, connection: ConnectionRecord, login: string): void {
  data.loginFailures.delete(keyOf(connection, login));
}

/** The person that a connection knows by an email address or a user name. */
function findByLogin({ data }: Auth0Context, { name }: ConnectionRecord, login: string) {
  return (
    data.users.first(matching({ connection: name, email: login })) ??
    data.users.first(matching({ connection: name, username: login }))
  );
}

/** Checks a login and a password. Who tried too often is refused even with the right one. */
export function checkCredentials(
  context: Auth0Context,
  connection: ConnectionRecord,
  { login, password }: { readonly login: string; readonly password: string },
): { readonly user: UserRecord } | { readonly refused: "wrong" | "blocked" } {
  if (isBlocked(context, connection, login)) return { refused: "blocked" };
  const user = findByLogin(context, connection, login);
  if (user === undefined || !passwordMatches(context, user.user_id, password)) {
    addFailure(context, connection, login);
    return { refused: isBlocked(context, connection, login) ? "blocked" : "wrong" };
  }
  clearFailures(context, connection, login);
  return { user };
}

/** The seeded people of a connection who still have the first password: anybody at this machine may sign in as them. */
export function peopleToTry(context: Auth0Context, { name }: ConnectionRecord) {
  const emails = PEOPLE.map(({ email }) => email);
  return context.data.users
    .find(and<"connection" | "email">(eq("connection", name), anyOf("email", emails)))
    .flatMap(({ user_id: id, email }) =>
      email !== undefined && passwordMatches(context, id, SEED_PASSWORD)
        ? [{ email, password: SEED_PASSWORD }]
        : [],
    );
}
