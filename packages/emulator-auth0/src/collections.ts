import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { Store } from "@ai-api-access/emulator-core";
import { openAuthentication } from "./authentication/collections.ts";
import { openUsers } from "./users-collection.ts";
import { openFeatures } from "./features.ts";
import { openOrganizationParts } from "./management/organizations/collections.ts";

const createdAt = { created_at: z.string() };

/** An organization as stored; `created_at` orders lists and is not shown. */
export const organizationSchema = z.looseObject({ id: z.string(), name: z.string(), ...createdAt });
export type Organization = z.infer<typeof organizationSchema>;

/** A connection that an organization can log in with. */
export const organizationConnectionSchema = z.object({
  organization_id: z.string(),
  connection_id: z.string(),
  organization_connection_name: z.string().optional(),
  is_signup_enabled: z.boolean(),
  assign_membership_on_login: z.boolean(),
  show_as_button: z.boolean(),
  is_enabled: z.boolean(),
  organization_access_level: z.enum(["none", "readonly", "limited", "full"]),
});
export type OrganizationConnection = z.infer<typeof organizationConnectionSchema>;

const memberSchema = z.object({ organization_id: z.string(), user_id: z.string(), ...createdAt });
const memberRoleSchema = z.object({ organization_id: z.string(), user_id: z.string(), role_id: z.string() });
const organizationGrantSchema = z.object({ organization_id: z.string(), grant_id: z.string() });

/** A connection as stored. */
export const connectionSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  options: jsonObjectSchema,
});
export type Connection = z.infer<typeof connectionSchema>;

const connectionClientSchema = z.object({ connection_id: z.string(), client_id: z.string() });

/** A client (application) as stored, its secret included. */
export const clientSchema = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  name: z.string(),
  global: z.boolean(),
  is_first_party: z.boolean(),
  app_type: z.string().optional(),
  token_endpoint_auth_method: z.string().optional(),
  grant_types: z.array(z.string()),
});
export type Client = z.infer<typeof clientSchema>;

const credentialSchema = z.object({
  id: z.string(),
  client_id: z.string(),
  name: z.string().optional(),
  /** Of a key that signs. */
  kid: z.string().optional(),
  alg: z.string().optional(),
  credential_type: z.string(),
  pem: z.string().optional(),
  subject_dn: z.string().optional(),
  thumbprint_sha256: z.string().optional(),
  expires_at: z.string().optional(),
  updated_at: z.string(),
  ...createdAt,
});
/** A credential of a client; the key material is kept and not shown. */
export type Credential = z.infer<typeof credentialSchema>;

const clientGrantSchema = z.looseObject({
  id: z.string(),
  client_id: z.string().optional(),
  audience: z.string(),
  scope: z.array(z.string()).optional(),
  organization_usage: z.enum(["deny", "allow", "require"]).optional(),
  allow_any_organization: z.boolean().optional(),
  allow_all_scopes: z.boolean().optional(),
  default_for: z.string().optional(),
  subject_type: z.enum(["client", "user"]),
});
export type ClientGrant = z.infer<typeof clientGrantSchema>;

const roleSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  /** An organization's role belongs to that organization alone; any other to the tenant. */
  owner_id: z.string().optional(),
});
export type Role = z.infer<typeof roleSchema>;

const permission = { resource_server_identifier: z.string(), permission_name: z.string() };
const rolePermissionSchema = z.object({ role_id: z.string(), ...permission });
const userRoleSchema = z.object({ user_id: z.string(), role_id: z.string(), ...createdAt });
const userPermissionSchema = z.object({ user_id: z.string(), ...permission });

const resourceServerSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  identifier: z.string(),
  is_system: z.boolean().optional(),
  scopes: z.array(z.object({ value: z.string(), description: z.string().optional() })).optional(),
  enforce_policies: z.boolean().optional(),
  token_dialect: z.string().optional(),
  token_lifetime: z.number(),
  signing_alg: z.string(),
  signing_secret: z.string().optional(),
  allow_offline_access: z.boolean().optional(),
  subject_type_authorization: z
    .looseObject({
      client: z.looseObject({ policy: z.string() }).optional(),
      user: z.looseObject({ policy: z.string() }).optional(),
    })
    .optional(),
});
export type ResourceServer = z.infer<typeof resourceServerSchema>;

const settingsSchema = z.looseObject({ key: z.literal("settings") });
const customDomainSchema = z.looseObject({
  custom_domain_id: z.string(),
  domain: z.string(),
  is_default: z.boolean().optional(),
  domain_metadata: z.record(z.string(), z.string()).optional(),
});
/** A custom domain as stored. */
export type CustomDomain = z.infer<typeof customDomainSchema>;

const keyMaterial = {
  kid: z.string(),
  privateKey: z.string(),
  certificate: z.string(),
  thumbprint: z.string(),
};
const keyMaterialSchema = z.object(keyMaterial);
/** A private key with its certificate, both PEM, and the certificate's SHA-1, base64url. */
export type KeyMaterial = z.infer<typeof keyMaterialSchema>;

const signingKeySchema = z.object({
  ...keyMaterial,
  current_since: z.string().optional(),
  current_until: z.string().optional(),
  revoked_at: z.string().optional(),
});
/** A key that signs tokens, has signed them, or will. */
export type SigningKey = z.infer<typeof signingKeySchema>;

/** What a tenant is known by; made once, at birth. */
export const identitySchema = z.object({
  key: z.literal("identity"),
  management: z.object({ clientId: z.string(), clientSecret: z.string(), apiToken: z.string() }),
  /** The only key of a tenant that was born before keys could be rotated. */
  signing: keyMaterialSchema.optional(),
});
export type Identity = z.infer<typeof identitySchema>;

/** Opens all collections of an Auth0 tenant. */
export function openCollections(store: Store) {
  return {
    identity: store.collection({ name: "identity", schema: identitySchema, key: (doc) => doc.key }),
    signingKeys: store.collection({ name: "signing_keys", schema: signingKeySchema, key: (doc) => doc.kid }),
    settings: store.collection({ name: "tenant_settings", schema: settingsSchema, key: (doc) => doc.key }),
    organizations: store.collection({
      name: "organizations",
      schema: organizationSchema,
      key: (doc) => doc.id,
      columns: {
        name: { of: (doc) => doc.name, unique: true },
        display_name: { of: (doc) => (typeof doc.display_name === "string" ? doc.display_name : "") },
        created_at: { of: (doc) => doc.created_at },
      },
      indexes: [["created_at", "key"]],
    }),
    organizationConnections: store.collection({
      name: "organization_connections",
      schema: organizationConnectionSchema,
      key: (doc) => compositeKey(doc.organization_id, doc.connection_id),
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        // The vendor lists them by id, without regard to case.
        connection_id: { of: (doc) => doc.connection_id, ignoreCase: true },
        is_enabled: { of: (doc) => doc.is_enabled },
      },
      indexes: [["organization_id", "connection_id"]],
    }),
    organizationMembers: store.collection({
      name: "organization_members",
      schema: memberSchema,
      key: (doc) => compositeKey(doc.organization_id, doc.user_id),
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        user_id: { of: (doc) => doc.user_id },
        created_at: { of: (doc) => doc.created_at },
      },
      indexes: [["organization_id", "created_at", "user_id"]],
    }),
    organizationMemberRoles: store.collection({
      name: "organization_member_roles",
      schema: memberRoleSchema,
      key: (doc) => compositeKey(doc.organization_id, doc.user_id, doc.role_id),
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        user_id: { of: (doc) => doc.user_id },
        role_id: { of: (doc) => doc.role_id },
      },
      indexes: [["organization_id", "user_id"]],
    }),
    organizationClientGrants: store.collection({
      name: "organization_client_grants",
      schema: organizationGrantSchema,
      key: (doc) => compositeKey(doc.organization_id, doc.grant_id),
      columns: {
        organization_id: { of: (doc) => doc.organization_id },
        grant_id: { of: (doc) => doc.grant_id },
      },
    }),
    connections: store.collection({
      name: "connections",
      schema: connectionSchema,
      key: (doc) => doc.id,
      columns: {
        name: { of: (doc) => doc.name, unique: true },
        strategy: { of: (doc) => doc.strategy },
      },
    }),
    connectionClients: store.collection({
      name: "connection_clients",
      schema: connectionClientSchema,
      key: (doc) => compositeKey(doc.connection_id, doc.client_id),
      columns: {
        connection_id: { of: (doc) => doc.connection_id },
        client_id: { of: (doc) => doc.client_id },
      },
      indexes: [["connection_id", "client_id"]],
    }),
    clients: store.collection({
      name: "clients",
      schema: clientSchema,
      key: (doc) => doc.client_id,
      columns: {
        global: { of: (doc) => doc.global },
        is_first_party: { of: (doc) => doc.is_first_party },
        app_type: { of: (doc) => doc.app_type ?? null },
      },
    }),
    credentials: store.collection({
      name: "client_credentials",
      schema: credentialSchema,
      key: (doc) => compositeKey(doc.client_id, doc.id),
      columns: { client_id: { of: (doc) => doc.client_id } },
    }),
    clientGrants: store.collection({
      name: "client_grants",
      schema: clientGrantSchema,
      key: (doc) => doc.id,
      columns: {
        client_id: { of: (doc) => doc.client_id ?? null },
        audience: { of: (doc) => doc.audience },
        subject_type: { of: (doc) => doc.subject_type },
        default_for: { of: (doc) => doc.default_for ?? null },
        allow_any_organization: { of: (doc) => doc.allow_any_organization ?? null },
      },
    }),
    roles: store.collection({
      name: "roles",
      schema: roleSchema,
      key: (doc) => doc.id,
      columns: {
        name: { of: (doc) => doc.name },
        owner_id: { of: (doc) => doc.owner_id ?? null },
      },
    }),
    rolePermissions: store.collection({
      name: "role_permissions",
      schema: rolePermissionSchema,
      key: (doc) => compositeKey(doc.role_id, doc.resource_server_identifier, doc.permission_name),
      columns: {
        role_id: { of: (doc) => doc.role_id },
        resource_server_identifier: { of: (doc) => doc.resource_server_identifier },
        permission_name: { of: (doc) => doc.permission_name },
      },
      indexes: [["role_id", "permission_name"]],
    }),
    resourceServers: store.collection({
      name: "resource_servers",
      schema: resourceServerSchema,
      key: (doc) => doc.id,
      columns: { identifier: { of: (doc) => doc.identifier, unique: true } },
    }),
    ...openFeatures(store),
    ...openOrganizationParts(store),
    ...openUsers(store),
    ...openAuthentication(store),
    userRoles: store.collection({
      name: "user_roles",
      schema: userRoleSchema,
      key: (doc) => compositeKey(doc.user_id, doc.role_id),
      columns: {
        user_id: { of: (doc) => doc.user_id },
        role_id: { of: (doc) => doc.role_id },
        created_at: { of: (doc) => doc.created_at },
      },
      indexes: [["role_id", "created_at", "user_id"]],
    }),
    userPermissions: store.collection({
      name: "user_permissions",
      schema: userPermissionSchema,
      key: (doc) => compositeKey(doc.user_id, doc.resource_server_identifier, doc.permission_name),
      columns: {
        user_id: { of: (doc) => doc.user_id },
        resource_server_identifier: { of: (doc) => doc.resource_server_identifier },
        permission_name: { of: (doc) => doc.permission_name },
      },
    }),
    customDomains: store.collection({
      name: "custom_domains",
      schema: customDomainSchema,
      key: (doc) => doc.custom_domain_id,
      columns: { domain: { of: (doc) => doc.domain, unique: true } },
    }),
  };
}

/** All collections of an Auth0 tenant. */
export type Collections = ReturnType<typeof openCollections>;
