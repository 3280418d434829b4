import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";
import { roleRecord } from "../administrator-roles.ts";
import { flag, status, text, withDefault } from "../body.ts";
import { storedClientKey } from "./jwk.ts";
import { authMethods, oauthClientSettingsBody } from "./oauth-client.ts";

/** The parts of an application that are not about OAuth, with Okta's defaults filled in. */
export const appShell = {
  accessibility: withDefault(
    z.object({ selfService: flag, errorRedirectUrl: text, loginRedirectUrl: text }),
    {
      selfService: false,
      errorRedirectUrl: null,
      loginRedirectUrl: null,
    },
  ),
  visibility: withDefault(
    z.object({
      autoLaunch: flag,
      autoSubmitToolbar: flag,
      hide: withDefault(z.object({ iOS: flag, web: flag }), { iOS: false, web: false }),
      appLinks: z.record(z.string(), z.boolean()).nullish(),
    }),
    { autoLaunch: false, autoSubmitToolbar: false, hide: { iOS: false, web: false } },
  ),
  userNameTemplate: withDefault(z.looseObject({ template: z.string(), type: z.string() }), {
    template: "${source.login}",
    type: "BUILT_IN",
  }),
  notes: withDefault(z.object({ admin: text, enduser: text }), { admin: null, enduser: null }),
  profile: jsonObjectSchema.nullish(),
};

const appRecord = z.object({
  id: z.string(),
  name: z.string(),
  label: z.string(),
  status,
  created: z.string(),
  lastUpdated: z.string(),
  /** One of Okta's own applications, which cannot be changed. */
  system: z.boolean(),
  ...appShell,
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
  /** Tokens issued until then, in seconds since 1970, are no longer valid: the application was deactivated. */
  tokensEndedAt: z.number().optional(),
});

/** An application: everything but the org's address and the client secrets. */
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

const secretRecord = z.object({
  id: z.string(),
  appId: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  status,
  client_secret: z.string(),
});

/** A client secret of an application. */
export type SecretRecord = z.output<typeof secretRecord>;

/** The client secrets of all applications. */
export const clientSecrets: CollectionSpec<SecretRecord, "appId"> = {
  name: "client_secrets",
  schema: secretRecord,
  key: (secret) => secret.id,
  columns: { appId: { of: (secret) => secret.appId } },
};

const groupAssignmentRecord = z.object({
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

const appUserRecord = z.object({
  appId: z.string(),
  userId: z.string(),
  userName: z.string(),
  profile: jsonObjectSchema,
  created: z.string(),
  lastUpdated: z.string(),
});

/** A user who has an application by themselves, not by a group. */
export type AppUserRecord = z.output<typeof appUserRecord>;

export function appUserKey({ appId, userId }: Pick<AppUserRecord, "appId" | "userId">): string {
  return `${appId}/${userId}`;
}

/** The users of all applications. */
export const appUsers: CollectionSpec<AppUserRecord, "appId" | "userId"> = {
  name: "app_users",
  schema: appUserRecord,
  key: appUserKey,
  columns: { appId: { of: ({ appId }) => appId }, userId: { of: ({ userId }) => userId } },
};

const grantRecord = z.object({
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

const clientRoleRecord = roleRecord.extend({ appId: z.string() });

/** An administrator role of an application as a client. */
export type ClientRoleRecord = z.output<typeof clientRoleRecord>;

/** The key of a client's role: several clients may have one of the same id. */
export function clientRoleKey({ appId, id }: Pick<ClientRoleRecord, "appId" | "id">): string {
  return `${appId}/${id}`;
}

/** The administrator roles of all clients. */
export const clientRoles: CollectionSpec<ClientRoleRecord, "appId"> = {
  name: "client_roles",
  schema: clientRoleRecord,
  key: clientRoleKey,
  columns: { appId: { of: (role) => role.appId } },
};
