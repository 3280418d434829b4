import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";

const userRecord = z.object({
  id: z.string(),
  status: z.enum(["STAGED", "PROVISIONED", "ACTIVE", "DEPROVISIONED"]),
  created: z.string(),
  activated: z.string().nullable(),
  statusChanged: z.string().nullable(),
  lastLogin: z.string().nullable(),
  lastUpdated: z.string(),
  /** Null for a user without a password. */
  passwordChanged: z.string().nullable(),
  /** Whether the password came as a hash of another system. Nobody can sign in here with such a one. */
  hasImportedPassword: z.boolean().optional(),
  recoveryQuestion: z.string().optional(),
  typeId: z.string(),
  profile: z
    .object({
      firstName: z.string(),
      lastName: z.string(),
      mobilePhone: z.string().nullable(),
      secondEmail: z.string().nullable(),
      login: z.string(),
      email: z.string(),
    })
    .catchall(jsonSchema),
});

const passwordRecord = z.object({ userId: z.string(), salt: z.string(), hash: z.string() });

/** A user of the org. */
export type UserRecord = z.output<typeof userRecord>;

/** The users of the org. */
export const users: CollectionSpec<UserRecord, "login" | "email" | "firstName" | "lastName" | "status"> = {
  name: "users",
  schema: userRecord,
  key: (user) => user.id,
  columns: {
    login: { of: (user) => user.profile.login, unique: true, ignoreCase: true },
    email: { of: (user) => user.profile.email, ignoreCase: true },
    firstName: { of: (user) => user.profile.firstName, ignoreCase: true },
    lastName: { of: (user) => user.profile.lastName, ignoreCase: true },
    status: { of: (user) => user.status },
  },
};

/** Passwords, by user: for the org's sign-in page. */
export const passwords: CollectionSpec<z.output<typeof passwordRecord>, never> = {
  name: "passwords",
  schema: passwordRecord,
  key: ({ userId }) => userId,
  columns: {},
};
