import { z } from "zod";
import type { CollectionSpec } from "@ai-api-access/emulator-core";
import { status } from "../body.ts";

const serverRecord = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  audiences: z.array(z.string()),
  issuerMode: z.enum(["ORG_URL", "CUSTOM_URL", "DYNAMIC"]),
  status,
  created: z.string(),
  lastUpdated: z.string(),
  /** The one that every org has from the start, and that also answers to the id `default`. */
  default: z.boolean(),
  signing: z.object({
    kid: z.string(),
    rotationMode: z.enum(["AUTO", "MANUAL"]),
    lastRotated: z.string(),
    nextRotation: z.string().optional(),
  }),
});

/** An authorization server. Its issuer depends on where the org answers, so it is not here. */
export type ServerRecord = z.output<typeof serverRecord>;

/** All authorization servers. */
export const authorizationServers: CollectionSpec<ServerRecord, "name" | "audience" | "default"> = {
  name: "authorization_servers",
  schema: serverRecord,
  key: (server) => server.id,
  columns: {
    name: { of: (server) => server.name, ignoreCase: true },
    audience: { of: (server) => server.audiences[0] ?? "", ignoreCase: true },
    default: { of: (server) => server.default },
  },
};

const signingKeyRecord = z.object({
  kid: z.string(),
  /** The id of the authorization server, or of the org. */
  ownerId: z.string(),
  status: z.enum(["ACTIVE", "NEXT", "EXPIRED"]),
  /** PKCS #8, PEM. Absent until first needed: making an RSA key takes a good part of a second. */
  privateKey: z.string().optional(),
});

/** A signing key. */
export type SigningKeyRecord = z.output<typeof signingKeyRecord>;

/** The signing keys of all authorization servers and of the org. */
export const signingKeys: CollectionSpec<SigningKeyRecord, "ownerId"> = {
  name: "signing_keys",
  schema: signingKeyRecord,
  key: (key) => key.kid,
  columns: { ownerId: { of: (key) => key.ownerId } },
};

const scopeRecord = z.object({
  id: z.string(),
  serverId: z.string(),
  name: z.string(),
  displayName: z.string().nullable(),
  description: z.string().nullable(),
  /** One that every server has and nobody can delete. */
  system: z.boolean(),
  metadataPublish: z.enum(["ALL_CLIENTS", "NO_CLIENTS"]),
  consent: z.enum(["IMPLICIT", "REQUIRED", "FLEXIBLE"]),
  optional: z.boolean(),
  default: z.boolean(),
});

/** A scope of an authorization server. */
export type ScopeRecord = z.output<typeof scopeRecord>;

/** The scopes of all authorization servers. */
export const scopes: CollectionSpec<ScopeRecord, "serverId" | "name"> = {
  name: "scopes",
  schema: scopeRecord,
  key: (scope) => scope.id,
  columns: { serverId: { of: (scope) => scope.serverId }, name: { of: (scope) => scope.name } },
};

const claimRecord = z.object({
  id: z.string(),
  serverId: z.string(),
  name: z.string(),
  status,
  claimType: z.enum(["RESOURCE", "IDENTITY"]),
  valueType: z.enum(["EXPRESSION", "GROUPS", "SYSTEM"]),
  /** Absent in claims of the value type SYSTEM. */
  value: z.string().optional(),
  scopes: z.array(z.string()),
  system: z.boolean(),
  alwaysIncludeInToken: z.boolean(),
  groupFilterType: z.enum(["STARTS_WITH", "EQUALS", "CONTAINS", "REGEX"]).optional(),
});

/** A claim of an authorization server. */
export type ClaimRecord = z.output<typeof claimRecord>;

/** The claims of all authorization servers. */
export const claims: CollectionSpec<ClaimRecord, "serverId" | "name"> = {
  name: "claims",
  schema: claimRecord,
  key: (claim) => claim.id,
  columns: { serverId: { of: (claim) => claim.serverId }, name: { of: (claim) => claim.name } },
};

const policyRecord = z.object({
  id: z.string(),
  serverId: z.string(),
  status,
  name: z.string(),
  description: z.string(),
  /** From 1, without gaps. */
  priority: z.int(),
  system: z.boolean(),
  /** `ALL_CLIENTS`, or client ids. */
  clients: z.array(z.string()),
  created: z.string(),
  lastUpdated: z.string(),
});

/** An access policy of an authorization server. */
export type PolicyRecord = z.output<typeof policyRecord>;

/** The access policies of all authorization servers. */
export const policies: CollectionSpec<PolicyRecord, "serverId" | "name" | "priority"> = {
  name: "policies",
  schema: policyRecord,
  key: (policy) => policy.id,
  columns: {
    serverId: { of: (policy) => policy.serverId },
    name: { of: (policy) => policy.name },
    priority: { of: (policy) => policy.priority },
  },
};

const ruleRecord = z.object({
  id: z.string(),
  serverId: z.string(),
  policyId: z.string(),
  status,
  name: z.string(),
  /** From 1, without gaps. */
  priority: z.int(),
  system: z.boolean(),
  created: z.string(),
  lastUpdated: z.string(),
  people: z.object({
    users: z.object({ include: z.array(z.string()).optional(), exclude: z.array(z.string()) }),
    groups: z.object({ include: z.array(z.string()), exclude: z.array(z.string()).optional() }).optional(),
  }),
  grantTypes: z.array(z.string()),
  scopes: z.array(z.string()),
  token: z.object({
    accessTokenLifetimeMinutes: z.int(),
    refreshTokenLifetimeMinutes: z.int(),
    refreshTokenWindowMinutes: z.int(),
    inlineHookId: z.string().optional(),
  }),
});

/** A rule of an access policy. */
export type RuleRecord = z.output<typeof ruleRecord>;

/** The rules of all access policies. */
export const rules: CollectionSpec<RuleRecord, "policyId" | "name" | "priority"> = {
  name: "rules",
  schema: ruleRecord,
  key: (rule) => rule.id,
  columns: {
    policyId: { of: (rule) => rule.policyId },
    name: { of: (rule) => rule.name },
    priority: { of: (rule) => rule.priority },
  },
};
