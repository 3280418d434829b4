import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";
import { status } from "../body.ts";

const orgRecord = z.object({
  id: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  companyName: z.string(),
  subdomain: z.string(),
  /** Which of Okta's cells the org lives in: `ok…`, or `op…` for orgs of oktapreview.com. */
  cell: z.string(),
  /** `idx` is Identity Engine; clients take `v1` for a Classic org. */
  pipeline: z.string(),
  /** What the org has and what is turned on, as `/.well-known/okta-organization` shows it. */
  settings: z.record(z.string(), z.boolean()),
  /** What orgs have or not, by their contract or their age. */
  features: z.object({
    /** Authorization servers of one's own. */
    apiAccessManagement: z.boolean(),
    /** Groups have owners. */
    groupOwners: z.boolean(),
    /** Applications can take part in a single logout. */
    participateSlo: z.boolean(),
    /** Users are in realms. Orgs that were stored before this was known have them. */
    realms: z.boolean().optional(),
    /** Users link to a reset of their factors, since 2026. */
    resetFactors: z.boolean().optional(),
  }),
  /** The value after `SSWS ` in the Authorization header. */
  apiToken: z.string(),
  /** Whose token it is: `GET /api/v1/users/me` answers with this user. */
  adminUserId: z.string(),
  /** The type of all users, and the schema of their profiles. */
  userTypeId: z.string(),
  userSchemaId: z.string(),
  /** The key that signs what the org itself issues; applications name it in `credentials.signing.kid`. */
  signingKid: z.string(),
  /** The policy of new applications (`_links.accessPolicy`), the one with `system: true`. */
  defaultAccessPolicyId: z.string(),
  profileEnrollmentPolicyId: z.string(),
});

/** What the org is, and the credential with which it is managed. */
export type OrgRecord = z.output<typeof orgRecord>;

/** The org's one record. */
export const orgs: CollectionSpec<OrgRecord, never> = {
  name: "org",
  schema: orgRecord,
  key: (org) => org.id,
};

const accessPolicyRecord = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  system: z.boolean(),
  /** What it guards. Absent for applications. */
  resourceType: z.string().optional(),
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

const inlineHookRecord = z.object({
  id: z.string(),
  status,
  name: z.string(),
  type: z.string(),
  version: z.string(),
  channel: jsonObjectSchema,
  created: z.string(),
  lastUpdated: z.string(),
});

/** A web service that Okta would call, for instance before it issues a token. */
export type InlineHookRecord = z.output<typeof inlineHookRecord>;

/** The inline hooks of the org. */
export const inlineHooks: CollectionSpec<InlineHookRecord, "name"> = {
  name: "inline_hooks",
  schema: inlineHookRecord,
  key: (hook) => hook.id,
  columns: { name: { of: (hook) => hook.name, unique: true } },
};
