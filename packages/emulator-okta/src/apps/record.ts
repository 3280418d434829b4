import { z } from "zod";
import type { CollectionSpec } from "@ai-api-access/emulator-core/collection.ts";
import { jsonObjectSchema } from "@ai-api-access/emulator-core/json.ts";
import { storedClientKey } from "./jwks.ts";
import { authMethods, oauthClientSettingsBody } from "./oauth-client.ts";

const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** The parts of an application that are not about OAuth, with Okta's defaults filled in. */
export const appShell = {
  accessibility: z
    .object({ selfService: flag, errorRedirectUrl: text, loginRedirectUrl: text })
    .nullish()
    .transform((value) => value ?? { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null }),
  visibility: z
    .object({
      autoLaunch: flag,
      autoSubmitToolbar: flag,
      hide: z
        .object({ iOS: flag, web: flag })
        .nullish()
        .transform((value) => value ?? { iOS: false, web: false }),
      appLinks: z.record(z.string(), z.boolean()).nullish(),
    })
    .nullish()
    .transform(
      (value) => value ?? { autoLaunch: false, autoSubmitToolbar: false, hide: { iOS: false, web: false } },
    ),
  userNameTemplate: z
    .looseObject({ template: z.string(), type: z.string() })
    .nullish()
    .transform((value) => value ?? { template: "${source.login}", type: "BUILT_IN" }),
  notes: z
    .object({ admin: text, enduser: text })
    .nullish()
    .transform((value) => value ?? { admin: null, enduser: null }),
  profile: jsonObjectSchema.nullish(),
};

/** An application as it is kept: everything but the org's address and the client secrets. */
export const appRecord = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  status: z.enum(["ACTIVE", "INACTIVE"]),
  created: z.string(),
  lastUpdated: z.string(),
  /** One of Okta's own applications, which cannot be changed. */
  system: z.boolean(),
  accessibility: appShell.accessibility,
  visibility: appShell.visibility,
  userNameTemplate: appShell.userNameTemplate,
  notes: appShell.notes,
  profile: appShell.profile,
  implicitAssignment: z.boolean(),
  oauthCredentials: z.object({
    autoKeyRotation: z.boolean(),
    client_id: z.string(),
    token_endpoint_auth_method: z.enum(authMethods),
    pkce_required: z.boolean(),
  }),
  oauthClient: oauthClientSettingsBody.omit({ jwks: true }),
  keys: z.array(storedClientKey),
  idToken: z.looseObject({ issuerMode: z.string() }),
  accessPolicyId: z.string(),
  /** Tokens issued until then, in seconds since 1970, are no good any more: the application was deactivated. */
  tokensEndedAt: z.number().optional(),
});

/** An application as it is kept. */
export type AppRecord = z.output<typeof appRecord>;

/** All applications of the org. */
export const apps: CollectionSpec<AppRecord, "clientId" | "name" | "label" | "status"> = {
  name: "apps",
  schema: appRecord,
  key: (app) => app.id,
  columns: {
    clientId: { of: (app) => app.oauthCredentials.client_id, unique: true },
    name: { of: (app) => app.name, ignoreCase: true },
    label: { of: (app) => app.label, ignoreCase: true },
    status: { of: (app) => app.status },
  },
};

/** A client secret as it is kept. */
export const secretRecord = z.object({
  id: z.string(),
  appId: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  status: z.enum(["ACTIVE", "INACTIVE"]),
  client_secret: z.string(),
});

/** A client secret as it is kept. */
export type SecretRecord = z.output<typeof secretRecord>;

/** The client secrets of all applications. */
export const clientSecrets: CollectionSpec<SecretRecord, "appId"> = {
  name: "client_secrets",
  schema: secretRecord,
  key: (secret) => secret.id,
  columns: { appId: { of: (secret) => secret.appId } },
};

/** A group that may use an application. */
export const groupAssignmentRecord = z.object({
  appId: z.string(),
  groupId: z.string(),
  priority: z.int(),
  profile: jsonObjectSchema,
  lastUpdated: z.string(),
});

/** A group that may use an application. */
export type GroupAssignmentRecord = z.output<typeof groupAssignmentRecord>;

/** The key of the assignment of a group to an application. */
export function assignmentKey({ appId, groupId }: Pick<GroupAssignmentRecord, "appId" | "groupId">): string {
  return `${appId}/${groupId}`;
}

/** The groups of all applications. */
export const groupAssignments: CollectionSpec<GroupAssignmentRecord, "appId" | "groupId" | "priority"> = {
  name: "app_groups",
  schema: groupAssignmentRecord,
  key: assignmentKey,
  columns: {
    appId: { of: (assignment) => assignment.appId },
    groupId: { of: (assignment) => assignment.groupId },
    priority: { of: (assignment) => assignment.priority },
  },
  indexes: [["appId", "priority", "key"]],
};

/** A scope of Okta's own API that an application may use. */
export const grantRecord = z.object({
  id: z.string(),
  appId: z.string(),
  scopeId: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  createdBy: z.string(),
});

/** A scope of Okta's own API that an application may use. */
export type GrantRecord = z.output<typeof grantRecord>;

/** The API scopes granted to all applications. */
export const grants: CollectionSpec<GrantRecord, "appId" | "scopeId"> = {
  name: "app_grants",
  schema: grantRecord,
  key: (grant) => grant.id,
  columns: { appId: { of: (grant) => grant.appId }, scopeId: { of: (grant) => grant.scopeId } },
};

/** An administrator role of a service application. */
export const roleRecord = z.object({ appId: z.string(), type: z.string(), created: z.string() });

/** An administrator role of a service application. */
export type RoleRecord = z.output<typeof roleRecord>;

/** The key of a role: a client has each once. */
export function roleKey({ appId, type }: Pick<RoleRecord, "appId" | "type">): string {
  return `${appId}/${type}`;
}

/** The administrator roles of all service applications. */
export const clientRoles: CollectionSpec<RoleRecord, "appId"> = {
  name: "client_roles",
  schema: roleRecord,
  key: roleKey,
  columns: { appId: { of: (role) => role.appId } },
};
