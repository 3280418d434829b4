import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";

const clientRecord = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  name: z.string(),
  global: z.boolean(),
  is_first_party: z.boolean(),
  app_type: z.string().optional(),
  token_endpoint_auth_method: z.string().optional(),
  grant_types: z.array(z.string()),
  /** The address of the document that it was registered by. */
  external_client_id: z.string().optional(),
});

/** A client (application), its secret included. */
export type ClientRecord = z.output<typeof clientRecord>;

/** All clients. */
export const clients = collection({
  name: "clients",
  schema: clientRecord,
  key: (client) => client.client_id,
  columns: columns("global", "is_first_party", "app_type", "external_client_id"),
});

const credentialRecord = z.object({
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
  created_at: z.string(),
});

/** A credential of a client; the key material is kept and not shown. */
export type CredentialRecord = z.output<typeof credentialRecord>;

/** The credentials of all clients. */
export const credentials = collection({
  name: "client_credentials",
  schema: credentialRecord,
  key: (credential) => compositeKey(credential.client_id, credential.id),
  columns: columns("client_id"),
});
