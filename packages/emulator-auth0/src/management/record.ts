import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import { collection, columns } from "../collections.ts";

const identityRecord = z.object({
  key: z.literal("identity"),
  management: z.object({ clientId: z.string(), clientSecret: z.string(), apiToken: z.string() }),
});

/** What a tenant is known by, made once. */
export type IdentityRecord = z.output<typeof identityRecord>;

/** The tenant's one identity. */
export const identity = collection({ name: "identity", schema: identityRecord, key: ({ key }) => key });

/**
 * What the vendor changed in 2026, tenant by tenant: a new database connection has `passwordPolicy` instead of
 * `password_options`; it says nothing of one-time passwords; the last page of members names a next one; a third
 * party's client that does not say otherwise is permissive instead of strict.
 */
const older = z.enum(["password policy", "no one-time passwords", "always a next page", "permissive"]);

/** One of those changes. */
export type OlderAnswer = z.output<typeof older>;

/**
 * Whether the tenant has the vendor's early-access features: roles that belong to an organization, and access to
 * single applications within an organization. Where it has not, what they add is shown only on things for which it
 * was set; that is how most tenants answer.
 */
export const features = collection({
  name: "features",
  schema: z.object({
    key: z.literal("features"),
    early_access: z.union([z.boolean(), z.literal("third-party clients")]),
    /** In what the tenant still answers as before the vendor's changes of 2026. Today's tenants in nothing. */
    older: z.array(older).optional(),
  }),
  key: ({ key }) => key,
});

/** The tenant's settings: one document, as `/tenants/settings` takes it. */
export const settings = collection({
  name: "tenant_settings",
  schema: z.looseObject({ key: z.literal("settings") }),
  key: ({ key }) => key,
});

const signingKeyRecord = z.object({
  kid: z.string(),
  /** PEM, as the certificate. */
  privateKey: z.string(),
  certificate: z.string(),
  /** The certificate's SHA-1, base64url. */
  thumbprint: z.string(),
  current_since: z.string().optional(),
  current_until: z.string().optional(),
  revoked_at: z.string().optional(),
});

/** A key that signs tokens, has signed them, or will. */
export type SigningKeyRecord = z.output<typeof signingKeyRecord>;

/** All signing keys, the revoked ones too, oldest first. */
export const signingKeys = collection({
  name: "signing_keys",
  schema: signingKeyRecord,
  key: ({ kid }) => kid,
});

const clientGrantRecord = z.looseObject({
  id: z.string(),
  client_id: z.string().optional(),
  /** The API's identifier as it is stored. */
  audience: z.string(),
  scope: z.array(z.string()).optional(),
  organization_usage: z.enum(["deny", "allow", "require"]).optional(),
  allow_any_organization: z.boolean().optional(),
  allow_all_scopes: z.boolean().optional(),
  default_for: z.string().optional(),
  subject_type: z.enum(["client", "user"]),
});

/** What an application may ask for of an API. */
export type ClientGrantRecord = z.output<typeof clientGrantRecord>;

/** All client grants. */
export const clientGrants = collection({
  name: "client_grants",
  schema: clientGrantRecord,
  key: ({ id }) => id,
  columns: columns("client_id", "audience", "subject_type", "default_for", "allow_any_organization"),
});

const customDomainRecord = z.looseObject({
  custom_domain_id: z.string(),
  domain: z.string(),
  is_default: z.boolean().optional(),
  domain_metadata: z.record(z.string(), z.string()).optional(),
});

/** A custom domain. */
export type CustomDomainRecord = z.output<typeof customDomainRecord>;

/** All custom domains. */
export const customDomains = collection({
  name: "custom_domains",
  schema: customDomainRecord,
  key: (domain) => domain.custom_domain_id,
  columns: { domain: { of: ({ domain }) => domain, unique: true } },
});

const connectionProfileRecord = z.object({
  id: z.string(),
  name: z.string(),
  organization: z.looseObject({}).optional(),
  connection_name_prefix_template: z.string().optional(),
  enabled_features: z.array(z.string()).optional(),
  connection_config: jsonObjectSchema.nullable(),
  strategy_overrides: jsonObjectSchema.nullable(),
  provisioning: jsonObjectSchema.optional(),
  cross_app_access_resource_app: jsonObjectSchema.optional(),
});

/** What organizations may set up connections by. */
export type ConnectionProfileRecord = z.output<typeof connectionProfileRecord>;

/** All connection profiles. */
export const connectionProfiles = collection({
  name: "connection_profiles",
  schema: connectionProfileRecord,
  key: ({ id }) => id,
});

const userAttributeProfileRecord = z.object({
  id: z.string(),
  name: z.string(),
  user_id: z.looseObject({}),
  user_attributes: z.looseObject({}),
});

/** Which attributes organizations may map from their identity providers. */
export type UserAttributeProfileRecord = z.output<typeof userAttributeProfileRecord>;

/** All user attribute profiles. */
export const userAttributeProfiles = collection({
  name: "user_attribute_profiles",
  schema: userAttributeProfileRecord,
  key: ({ id }) => id,
});
