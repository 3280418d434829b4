import { z } from "zod";
import { and, anyOf, eq, urlSafe, recordOr } from "@ai-api-access/emulator-core";
import type { Call, Where } from "@ai-api-access/emulator-core";
import { hasScope } from "../../authorize.ts";
import { deleteClient } from "../../cascades.ts";
import { compact, patched, without } from "../../changes.ts";
import type { Client, Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { ManagementError } from "../../errors.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import type { FieldsQuery } from "../../fields.ts";
import { clientOf, idParams, resourceServerOf } from "../../lookups.ts";
import { checkpointQuery, idCursor, listed, emptiableQuery } from "../../paging.ts";
import { currentKey } from "../../signing-keys.ts";
import { settingsAsKept } from "./changes.ts";
import { newClient } from "./defaults.ts";
import { withKeptCredentials } from "./key-settings.ts";
import { createClientBody, updateClientBody } from "./schemas.ts";

/** The tenant's name as clients show it. */
export const TENANT_NAME = "local";

const READ = ["read:clients", "read:client_keys", "read:client_summary"];

/** How answers show clients: the secret and the signing keys only to who may read client keys. */
function clientShow(db: Collections, call: Call, query: FieldsQuery = {}): (client: Client) => unknown {
  const signingKeys = hasScope(call, "read:client_keys")
    ? [{ cert: currentKey(db).certificate, subject: "/CN=local-auth0-tenant" }]
    : undefined;
  return ({ client_secret: secret, ...rest }) => {
    const own = rest.global ? without(rest, "grant_types", "cross_origin_authentication") : rest;
    const shown = {
      tenant: TENANT_NAME,
      ...own,
      callback_url_template: false,
      ...(signingKeys === undefined ? {} : compact({ signing_keys: signingKeys, client_secret: secret })),
    };
    return pickFields(shown, query, query.include_fields === "false" ? [] : ["tenant"]);
  };
}

const flagQuery = z.enum(["true", "false"]).optional();

const listQuery = z.looseObject({
  ...emptiableQuery,
  ...checkpointQuery(),
  ...fieldsQuery,
  is_global: flagQuery,
  is_first_party: flagQuery,
  app_type: z.string().optional(),
  q: z.string().optional(),
});

type ClientColumn = "key" | "global" | "is_first_party" | "app_type";

function filterOf(db: Collections, query: z.output<typeof listQuery>): Where<ClientColumn> {
  const filters: Where<ClientColumn>[] = [];
  if (query.is_global !== undefined) filters.push(eq("global", query.is_global === "true"));
  if (query.is_first_party !== undefined) filters.push(eq("is_first_party", query.is_first_party === "true"));
  if (query.app_type !== undefined) filters.push(anyOf("app_type", query.app_type.split(",")));
  if (query.q !== undefined) filters.push(anyOf("key", clientsWithGrants(db, query.q)));
  return and(...filters);
}

/** The two queries that the vendor knows: by the organization of a grant, and by grants for any organization. */
function clientsWithGrants(db: Collections, q: string): string[] {
  const match = /^client_grant\.(organization_id|allow_any_organization):"?([^"]+)"?$/.exec(q);
  if (match === null) {
    throw new ManagementError(
      400,
      "Query validation error: 'Unsupported query' on property q.",
      "invalid_query_string",
    );
  }
  const [, kind, value = ""] = match;
  const grants =
    kind === "organization_id"
      ? db.organizationClientGrants
          .find(eq("organization_id", value))
          .flatMap((link) => db.clientGrants.get(link.grant_id) ?? [])
      : db.clientGrants.find(eq("allow_any_organization", value === "true"));
  return grants.flatMap((grant) => grant.client_id ?? []);
}

export const clientRoutes = [
  route({
    method: "GET",
    path: "/api/v2/clients",
    operation: "get_clients",
    access: READ,
    success: 200,
    query: listQuery,
    handler: ({ query, call }, { db }) =>
      listed(query, {
        name: "clients",
        rows: db.clients,
        where: filterOf(db, query),
        order: ["key"],
        show: clientShow(db, call, query),
        shape: "totals-first",
        cursor: { form: idCursor, of: (client) => [client.client_id] },
      }),
  }),
  route({
    method: "GET",
    path: "/api/v2/clients/:id",
    operation: "get_clients_by_id",
    access: READ,
    success: 200,
    params: idParams,
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query, call }, { db }) => clientShow(db, call, query)(clientOf(db, params.id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/clients",
    operation: "post_clients",
    access: ["create:clients"],
    success: 201,
    body: createClientBody,
    handler: ({ body, call }, context) => {
      const { db } = context;
      const asked = { ...body, ...settingsAsKept(body) };
      const { stored, shown } = withKeptCredentials(context, withSecret(newClient(asked)));
      linkResourceServer(db, call, db.clients.insert(stored));
      return clientShow(db, call)(shown);
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/clients/:id",
    operation: "patch_clients_by_id",
    access: ["update:clients", "update:client_keys"],
    success: 200,
    params: idParams,
    body: updateClientBody,
    handler: ({ params, body, call }, { db }) => {
      const client = clientOf(db, params.id);
      const changed = patched(client, settingsAsKept(body, client));
      return clientShow(db, call)(db.clients.put(withSecret(changed)));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/clients/:id",
    operation: "delete_clients_by_id",
    access: ["delete:clients"],
    success: 204,
    params: idParams,
    handler: ({ params }, { db }) => {
      if (db.clients.get(params.id)?.global === true) {
        throw new ManagementError(400, "Cannot delete global client.");
      }
      deleteClient(db, params.id);
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/clients/:id/rotate-secret",
    operation: "post_rotate_secret",
    access: ["update:client_keys"],
    success: 200,
    params: idParams,
    handler: ({ params, call }, { db }) => {
      const client = db.clients.put({ ...clientOf(db, params.id), client_secret: urlSafe(64) });
      return clientShow(db, call)(client);
    },
  }),
];

/** A client of an API's own is named by that API. */
function linkResourceServer(db: Collections, call: Call, client: Client): void {
  if (client.app_type !== "resource_server" || typeof client.resource_server_identifier !== "string") return;
  const server = resourceServerOf(db, call.origin, client.resource_server_identifier);
  db.resourceServers.put({ ...server, client_id: client.client_id });
}

/** A client that proves itself by keys has no secret; one that has done so and does no longer gets another. */
function withSecret(client: Client): Client {
  const byKeys =
    client.token_endpoint_auth_method === undefined &&
    Object.keys(recordOr(client.client_authentication_methods)).length > 0;
  return byKeys
    ? patched(client, { client_secret: null })
    : { ...client, client_secret: client.client_secret ?? urlSafe(64) };
}
