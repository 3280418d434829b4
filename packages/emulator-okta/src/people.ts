import { hashPassword } from "@ai-api-access/emulator-core";
import type { OktaContext } from "./context.ts";
import { newId } from "./ids.ts";

/** The password of all people below: for signing in at the local org, which nothing but this machine reaches. */
export const SEED_PASSWORD = "Local-twin-1";

/** The people of every new local org: others than those of the local Auth0 tenant's first connection. */
export const PEOPLE = [
  { firstName: "Katherine", lastName: "Johnson", email: "katherine@example.com" },
  { firstName: "Margaret", lastName: "Hamilton", email: "margaret@example.com" },
  { firstName: "Dennis", lastName: "Ritchie", email: "dennis@example.com" },
];

/** Adds the people. They are in no group but Everyone. */
export function addPeople({ data, now, org }: OktaContext): void {
  const time = now();
  for (const { firstName, lastName, email } of PEOPLE) {
    const { id } = data.users.insert({
      id: newId("user"),
      status: "ACTIVE",
      created: time,
      activated: time,
      statusChanged: time,
      lastLogin: null,
      lastUpdated: time,
      passwordChanged: time,
      typeId: org().userTypeId,
      profile: { firstName, lastName, mobilePhone: null, secondEmail: null, login: email, email },
    });
    data.passwords.insert({ userId: id, ...hashPassword(SEED_PASSWORD) });
  }
}
