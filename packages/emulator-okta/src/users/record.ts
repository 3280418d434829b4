import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";
import { roleRecord } from "../administrator-roles.ts";

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
export const users: CollectionSpec<
  UserRecord,
  "login" | "email" | "firstName" | "lastName" | "status" | "typeId"
> = {
  name: "users",
  schema: userRecord,
  key: (user) => user.id,
  columns: {
    login: { of: (user) => user.profile.login, unique: true, ignoreCase: true },
    email: { of: (user) => user.profile.email, ignoreCase: true },
    firstName: { of: (user) => user.profile.firstName, ignoreCase: true },
    lastName: { of: (user) => user.profile.lastName, ignoreCase: true },
    status: { of: (user) => user.status },
    typeId: { of: (user) => user.typeId },
  },
};

const userRoleRecord = roleRecord.extend({ userId: z.string() });

/** An administrator role of a user. */
export type UserRoleRecord = z.output<typeof userRoleRecord>;

/** The key of a user's role: several users may have one of the same id. */
export function userRoleKey({ userId, id }: Pick<UserRoleRecord, "userId" | "id">): string {
  return `${userId}/${id}`;
}

/** The administrator roles of all users. */
export const userRoles: CollectionSpec<UserRoleRecord, "userId"> = {
  name: "user_roles",
  schema: userRoleRecord,
  key: userRoleKey,
  columns: { userId: { of: (role) => role.userId } },
};

const userTypeRecord = z.object({
  id: z.string(),
  displayName: z.string(),
  name: z.string(),
  description: z.string().optional(),
  createdBy: z.string(),
  lastUpdatedBy: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
});

/** A type of users beside the one that every org has. */
export type UserTypeRecord = z.output<typeof userTypeRecord>;

/** The types of users that were made. */
export const userTypes: CollectionSpec<UserTypeRecord, "name"> = {
  name: "user_types",
  schema: userTypeRecord,
  key: (type) => type.id,
  columns: { name: { of: (type) => type.name, unique: true } },
};

/** Passwords, by user: for the org's sign-in page. */
export const passwords: CollectionSpec<z.output<typeof passwordRecord>, never> = {
  name: "passwords",
  schema: passwordRecord,
  key: ({ userId }) => userId,
  columns: {},
};
