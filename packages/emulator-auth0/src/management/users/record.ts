import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";
import { permission } from "../resource-servers/record.ts";

const userIdentity = z.object({
  connection: z.string(),
  user_id: z.string(),
  provider: z.string(),
  isSocial: z.boolean(),
});

const userRecord = z.looseObject({
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
  identities: z.array(userIdentity).min(1),
  user_metadata: jsonObjectSchema.optional(),
  app_metadata: jsonObjectSchema.optional(),
});

/** A user; the password is elsewhere, and only as a hash. */
export type UserRecord = z.output<typeof userRecord>;

/** All users. */
export const users = collection({
  name: "users",
  schema: userRecord,
  key: (user) => user.user_id,
  columns: {
    email: { of: ({ email }) => email ?? null, ignoreCase: true },
    email_domain: { of: ({ email }) => email?.split("@").at(-1) ?? null, ignoreCase: true },
    name: { of: ({ name }) => name ?? null, ignoreCase: true },
    nickname: { of: ({ nickname }) => nickname ?? null, ignoreCase: true },
    given_name: { of: (user) => user.given_name ?? null, ignoreCase: true },
    family_name: { of: (user) => user.family_name ?? null, ignoreCase: true },
    connection: { of: ({ identities: [first] }) => first?.connection ?? null },
    ...columns("username", "created_at", "updated_at"),
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
});

/** Passwords, by user. */
export const passwords = collection({
  name: "passwords",
  schema: z.object({ user_id: z.string(), salt: z.string(), hash: z.string() }),
  key: (password) => password.user_id,
});

/** The roles that users have outside of organizations. */
export const userRoles = collection({
  name: "user_roles",
  schema: z.object({ user_id: z.string(), role_id: z.string(), created_at: z.string() }),
  key: (given) => compositeKey(given.user_id, given.role_id),
  columns: columns("user_id", "role_id", "created_at"),
  indexes: [["role_id", "created_at", "user_id"]],
});

/** The permissions that users were given directly. */
export const userPermissions = collection({
  name: "user_permissions",
  schema: z.object({ user_id: z.string(), ...permission }),
  key: (given) => compositeKey(given.user_id, given.resource_server_identifier, given.permission_name),
  columns: columns("user_id", "resource_server_identifier", "permission_name"),
});
