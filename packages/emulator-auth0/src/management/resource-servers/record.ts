import { z } from "zod";
import { collection } from "../../collections.ts";

const policy = z.looseObject({ policy: z.string() }).optional();

const resourceServerRecord = z.looseObject({
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
  proof_of_possession: z
    .looseObject({ mechanism: z.string(), required: z.boolean(), required_for: z.string().optional() })
    .nullish(),
  subject_type_authorization: z.looseObject({ client: policy, user: policy }).optional(),
});

/** A resource server (API). */
export type ResourceServerRecord = z.output<typeof resourceServerRecord>;

/** All resource servers. */
export const resourceServers = collection({
  name: "resource_servers",
  schema: resourceServerRecord,
  key: ({ id }) => id,
  columns: { identifier: { of: ({ identifier }) => identifier, unique: true } },
});

/** What a permission is stored by: an API's identifier as it is stored, and one of its scopes. */
export const permission = { resource_server_identifier: z.string(), permission_name: z.string() };

/** A permission, as stored beside a role or a user. */
export interface Permission {
  readonly resource_server_identifier: string;
  readonly permission_name: string;
}
