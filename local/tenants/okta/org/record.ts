import { z } from "zod";
import type { CollectionSpec } from "../../kit/collection.ts";
import { jsonObjectSchema } from "../../kit/json.ts";

/** What the org is, and the credential with which it is managed. One document. */
export const orgRecord = z.object({
  id: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  companyName: z.string(),
  subdomain: z.string(),
  /** The value after `SSWS ` in the Authorization header. */
  apiToken: z.string(),
  /** Whose token it is: `GET /api/v1/users/me` answers with this user. */
  adminUserId: z.string(),
  /** The key that signs what the org itself issues; applications name it in `credentials.signing.kid`. */
  signingKid: z.string(),
  /** The policy of new applications (`_links.accessPolicy`), the one with `system: true`. */
  defaultAccessPolicyId: z.string(),
  profileEnrollmentPolicyId: z.string(),
});

/** What the org is, and the credential with which it is managed. */
export type OrgRecord = z.output<typeof orgRecord>;

/** The org's one document. */
export const orgs: CollectionSpec<OrgRecord, never> = {
  name: "org",
  schema: orgRecord,
  key: (org) => org.id,
};

/** A person in the org. */
export const userRecord = z.object({
  id: z.string(),
  status: z.literal("ACTIVE"),
  created: z.string(),
  activated: z.string(),
  statusChanged: z.string(),
  lastLogin: z.string().nullable(),
  lastUpdated: z.string(),
  passwordChanged: z.string(),
  typeId: z.string(),
  profile: z.object({
    firstName: z.string(),
    lastName: z.string(),
    mobilePhone: z.string().nullable(),
    secondEmail: z.string().nullable(),
    login: z.string(),
    email: z.string(),
  }),
});

/** A person in the org. */
export type UserRecord = z.output<typeof userRecord>;

/** The people in the org. */
export const users: CollectionSpec<UserRecord, "login"> = {
  name: "users",
  schema: userRecord,
  key: (user) => user.id,
  columns: { login: { of: (user) => user.profile.login, unique: true, ignoreCase: true } },
};

/** A group; `BUILT_IN` ones are Okta's own. */
export const groupRecord = z.object({
  id: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  lastMembershipUpdated: z.string(),
  type: z.enum(["BUILT_IN", "OKTA_GROUP"]),
  profile: jsonObjectSchema.and(z.object({ name: z.string(), description: z.string().nullable() })),
});

/** A group. */
export type GroupRecord = z.output<typeof groupRecord>;

/** The groups of the org. */
export const groups: CollectionSpec<GroupRecord, "name"> = {
  name: "groups",
  schema: groupRecord,
  key: (group) => group.id,
  columns: { name: { of: (group) => group.profile.name, unique: true, ignoreCase: true } },
};

/** An authentication policy of applications. */
export const accessPolicyRecord = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  system: z.boolean(),
  created: z.string(),
  lastUpdated: z.string(),
});

/** An authentication policy of applications. */
export type AccessPolicyRecord = z.output<typeof accessPolicyRecord>;

/** The authentication policies of the org. */
export const accessPolicies: CollectionSpec<AccessPolicyRecord, never> = {
  name: "access_policies",
  schema: accessPolicyRecord,
  key: (policy) => policy.id,
};

/** A web service that Okta would call, for instance before it issues a token. */
export const inlineHookRecord = z.object({
  id: z.string(),
  status: z.enum(["ACTIVE", "INACTIVE"]),
  name: z.string(),
  type: z.string(),
  version: z.string(),
  channel: jsonObjectSchema,
  created: z.string(),
  lastUpdated: z.string(),
});

/** A web service that Okta would call. */
export type InlineHookRecord = z.output<typeof inlineHookRecord>;

/** The inline hooks of the org. */
export const inlineHooks: CollectionSpec<InlineHookRecord, "name"> = {
  name: "inline_hooks",
  schema: inlineHookRecord,
  key: (hook) => hook.id,
  columns: { name: { of: (hook) => hook.name, unique: true } },
};
