import { compare } from "@ai-api-access/emulator-core";
import type { Collections, Connection } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";

/** Auth0 docs, brute-force protection: so many wrong passwords for one login, and it is blocked for so long. */
const THRESHOLD = 10;
const BLOCK = 30 * 24 * 3_600_000;

function keyOf(connection: Pick<Connection, "name">, login: string): string {
  return `${connection.name}|${login.toLowerCase()}`;
}

/** Whether a login was tried with wrong passwords too often. */
export function isBlocked({ db, clock }: Auth0Context, connection: Connection, login: string): boolean {
  if (connection.options.brute_force_protection === false) return false;
  const failures = db.loginFailures.get(keyOf(connection, login));
  return failures !== undefined && failures.count >= THRESHOLD && failures.expires_at >= clock();
}

/** Counts a wrong password. */
export function noteFailure({ db, clock }: Auth0Context, connection: Connection, login: string): void {
  const now = clock();
  db.loginFailures.deleteWhere(compare("expires_at", "<", now));
  const key = keyOf(connection, login);
  const count = (db.loginFailures.get(key)?.count ?? 0) + 1;
  db.loginFailures.put({ key, count, expires_at: now + BLOCK });
}

/** Forgets the wrong passwords of a login, after a right one or because an administrator lifts the block. */
export function forgetFailures(db: Collections, connection: Pick<Connection, "name">, login: string): void {
  db.loginFailures.delete(keyOf(connection, login));
}
