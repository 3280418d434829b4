import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";

const connectionRecord = z.looseObject({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  options: jsonObjectSchema,
});

/** A connection. */
export type ConnectionRecord = z.output<typeof connectionRecord>;

/** All connections. */
export const connections = collection({
  name: "connections",
  schema: connectionRecord,
  key: ({ id }) => id,
  columns: { name: { of: ({ name }) => name, unique: true }, ...columns("strategy") },
});

/** For which clients each connection is enabled. */
export const connectionClients = collection({
  name: "connection_clients",
  schema: z.object({ connection_id: z.string(), client_id: z.string() }),
  key: (link) => compositeKey(link.connection_id, link.client_id),
  columns: columns("connection_id", "client_id"),
  indexes: [["connection_id", "client_id"]],
});

const scimConfigurationRecord = z.object({
  connection_id: z.string(),
  mapping: z.array(z.object({ scim: z.string(), auth0: z.string() })),
  user_id_attribute: z.string(),
  created_at: z.string(),
  updated_on: z.string(),
});

/** How a connection takes in users by SCIM. */
export type ScimConfigurationRecord = z.output<typeof scimConfigurationRecord>;

/** The SCIM settings of connections that have some. */
export const scimConfigurations = collection({
  name: "connection_scim_configurations",
  schema: scimConfigurationRecord,
  key: (record) => record.connection_id,
});

const scimTokenRecord = z.object({
  token_id: z.string(),
  connection_id: z.string(),
  scopes: z.array(z.string()),
  created_at: z.string(),
  valid_until: z.string().optional(),
});

/** A token for SCIM, without its secret: the vendor shows that once. */
export type ScimTokenRecord = z.output<typeof scimTokenRecord>;

/** The tokens for SCIM of all connections. */
export const scimTokens = collection({
  name: "connection_scim_tokens",
  schema: scimTokenRecord,
  key: (record) => record.token_id,
  columns: columns("connection_id"),
});

const directoryProvisioningRecord = z.object({
  connection_id: z.string(),
  mapping: z.array(z.object({ idp: z.string(), auth0: z.string() })),
  synchronize_automatically: z.boolean(),
  synchronize_groups: z.enum(["all", "off", "selected"]),
  created_at: z.string(),
  updated_at: z.string(),
  /** The ids of the groups that are selected. */
  groups: z.array(z.string()),
});

/** How a connection fetches users from a company's directory. */
export type DirectoryProvisioningRecord = z.output<typeof directoryProvisioningRecord>;

/** The directory settings of connections that have some. */
export const directoryProvisionings = collection({
  name: "connection_directory_provisionings",
  schema: directoryProvisioningRecord,
  key: (record) => record.connection_id,
});

const connectionKeyRecord = z.object({
  kid: z.string(),
  connection_id: z.string(),
  /** PEM. */
  certificate: z.string(),
  stage: z.enum(["current", "next", "previous"]),
  current_since: z.string().optional(),
});

/** A key by which a connection proves itself to its identity provider. */
export type ConnectionKeyRecord = z.output<typeof connectionKeyRecord>;

/** The keys of all connections. */
export const connectionKeys = collection({
  name: "connection_keys",
  schema: connectionKeyRecord,
  key: (record) => record.kid,
  columns: columns("connection_id"),
});
