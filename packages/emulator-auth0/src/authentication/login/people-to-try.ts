import { and, anyOf, eq } from "@ai-api-access/emulator-core";
import type { Collections, Connection } from "../../collections.ts";
import { passwordMatches } from "../../passwords.ts";
import { PEOPLE, SEED_PASSWORD } from "../../people.ts";

/** Somebody whom anybody at this machine may sign in as. */
export interface PersonToTry {
  readonly email: string;
  readonly password: string;
}

/** The people that the tenant was born with, where they are in this connection and still have the first password. */
export function peopleToTry(db: Collections, connection: Connection): PersonToTry[] {
  const emails = PEOPLE.map(({ email }) => email);
  return db.users
    .find(and<"connection" | "email">(eq("connection", connection.name), anyOf("email", emails)))
    .flatMap(({ user_id: id, email }) =>
      email !== undefined && passwordMatches(db, id, SEED_PASSWORD)
        ? [{ email, password: SEED_PASSWORD }]
        : [],
    );
}
