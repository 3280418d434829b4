import { z } from "zod";
import type { Store } from "@ai-api-access/emulator-core";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";

const identitySchema = z.object({
  connection: z.string(),
  user_id: z.string(),
  provider: z.string(),
  isSocial: z.boolean(),
});

/** A user as stored; the password is elsewhere, and only as a hash. */
export const userSchema = z.looseObject({
  user_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  email: z.string().optional(),
  email_verified: z.boolean().optional(),
  username: z.string().optional(),
  name: z.string().optional(),
  nickname: z.string().optional(),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  picture: z.string().optional(),
  blocked: z.boolean().optional(),
  identities: z.array(identitySchema).min(1),
  user_metadata: jsonObjectSchema.optional(),
  app_metadata: jsonObjectSchema.optional(),
});

/** A user as stored. */
export type User = z.infer<typeof userSchema>;

const passwordSchema = z.object({ user_id: z.string(), salt: z.string(), hash: z.string() });

/** Opens the collections of users and of their passwords. */
export function openUsers(store: Store) {
  return {
    users: store.collection({
      name: "users",
      schema: userSchema,
      key: (doc) => doc.user_id,
      columns: {
        email: { of: (doc) => doc.email ?? null, ignoreCase: true },
        email_domain: { of: (doc) => doc.email?.split("@").at(-1) ?? null, ignoreCase: true },
        username: { of: (doc) => doc.username ?? null },
        name: { of: (doc) => doc.name ?? null, ignoreCase: true },
        nickname: { of: (doc) => doc.nickname ?? null, ignoreCase: true },
        given_name: { of: (doc) => doc.given_name ?? null, ignoreCase: true },
        family_name: { of: (doc) => doc.family_name ?? null, ignoreCase: true },
        connection: { of: (doc) => doc.identities[0]?.connection ?? null },
        created_at: { of: (doc) => doc.created_at },
        updated_at: { of: (doc) => doc.updated_at },
      },
      indexes: [
        ["connection", "email"],
        ["connection", "username"],
        // For pages in each of the orders that a list can have.
        ["connection", "created_at", "key"],
        ["created_at", "key"],
        ["updated_at", "key"],
        ["email", "key"],
        ["username", "key"],
        ["name", "key"],
      ],
    }),
    passwords: store.collection({ name: "passwords", schema: passwordSchema, key: (doc) => doc.user_id }),
  };
}
