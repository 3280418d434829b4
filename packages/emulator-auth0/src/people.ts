import type { Auth0Context } from "./context.ts";
import { defaultPicture } from "./management/users/create.ts";
import { keepPassword } from "./management/users/passwords.ts";

/** The password of all people below: for signing in on the local tenant, which nothing but this machine reaches. */
export const SEED_PASSWORD = "Local-twin-1";

/** The people of every new local tenant, in its first connection. Their ids never change. */
export const PEOPLE = [
  { id: "64f0000000000000000000a1", email: "ada@example.com", given_name: "Ada", family_name: "Lovelace" },
  { id: "64f0000000000000000000a2", email: "grace@example.com", given_name: "Grace", family_name: "Hopper" },
  { id: "64f0000000000000000000a3", email: "alan@example.com", given_name: "Alan", family_name: "Turing" },
  {
    id: "64f0000000000000000000a4",
    email: "edsger@example.com",
    given_name: "Edsger",
    family_name: "Dijkstra",
  },
  {
    id: "64f0000000000000000000a5",
    email: "barbara@example.com",
    given_name: "Barbara",
    family_name: "Liskov",
  },
];

/** Adds the people to a connection. */
export function seedPeople(context: Auth0Context, connection: string): void {
  const now = context.now();
  for (const { id, email, given_name, family_name } of PEOPLE) {
    const userId = `auth0|${id}`;
    context.data.users.insert({
      user_id: userId,
      created_at: now,
      updated_at: now,
      email,
      email_verified: true,
      identities: [{ connection, user_id: id, provider: "auth0", isSocial: false }],
      name: `${given_name} ${family_name}`,
      nickname: email.split("@")[0] ?? email,
      given_name,
      family_name,
      picture: defaultPicture(email),
    });
    keepPassword(context, userId, SEED_PASSWORD);
  }
}
