import { z } from "zod";
import { and, anyOf, eq, recordOr, urlSafe, without } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { invalidQuery, ManagementError } from "../../errors.ts";
import { patched } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { removeClientGrant } from "../client-grants.ts";
import { fieldsQuery } from "../fields.ts";
import { flagQuery, idParams } from "../formats.ts";
import { idCursor, paged, pagedByCheckpoint, pageReply } from "../paging.ts";
import { findResourceServer } from "../resource-servers/find.ts";
import { answersAsBefore } from "../tenant-settings.ts";
import { clientBody, clientChangeBody } from "./body.ts";
import { hasDocument, requireOpen } from "./cimd/changes.ts";
import { newClient } from "./defaults.ts";
import { findClient } from "./find.ts";
import { withKeptCredentials } from "./inline-credentials.ts";
import { mergedSettings } from "./merge.ts";
import type { ClientRecord } from "./record.ts";
import { renderClient } from "./render.ts";

const listQuery = z.looseObject({
  ...paged(0),
  ...pagedByCheckpoint(),
  ...fieldsQuery,
  is_global: flagQuery,
  is_first_party: flagQuery,
  app_type: z.string().optional(),
  external_client_id: z.string().optional(),
  q: z.string().optional(),
});

type ClientWhere = Where<"key" | "global" | "is_first_party" | "app_type" | "external_client_id">;

function clientsWhere(context: Auth0Context, query: z.output<typeof listQuery>): ClientWhere {
  const { is_global: global, is_first_party, external_client_id, app_type: types, q } = query;
  const filters: ClientWhere[] = [matching({ global, is_first_party, external_client_id })];
  if (types !== undefined) filters.push(anyOf("app_type", types.split(",")));
  if (q !== undefined) filters.push(anyOf("key", clientsWithGrants(context, q)));
  return and(...filters);
}

/** The two queries that the vendor knows: by the organization of a grant, and by grants for any organization. */
function clientsWithGrants({ data }: Auth0Context, q: string): string[] {
  const [, kind, value = ""] =
    /^client_grant\.(organization_id|allow_any_organization):"?([^"]+)"?$/.exec(q) ?? [];
  if (kind === undefined) throw invalidQuery("q", "Unsupported query");
  const grants =
    kind === "organization_id"
      ? data.organizationClientGrants
          .find(eq("organization_id", value))
          .flatMap((link) => data.clientGrants.get(link.grant_id) ?? [])
      : data.clientGrants.find(eq("allow_any_organization", value === "true"));
  return grants.flatMap((grant) => grant.client_id ?? []);
}

/** Auth0 docs, "Third-party applications": since October 2026 one that does not say otherwise is strict. */
function modeOf(context: Auth0Context, { is_first_party }: z.output<typeof clientBody>) {
  if (is_first_party !== false) return {};
  return { third_party_security_mode: answersAsBefore(context, "permissive") ? "permissive" : "strict" };
}

/** A client of an API's own is named by that API. */
function linkResourceServer(context: Auth0Context, origin: string, client: ClientRecord): void {
  if (client.app_type !== "resource_server" || typeof client.resource_server_identifier !== "string") return;
  const server = findResourceServer(context, origin, client.resource_server_identifier);
  context.data.resourceServers.put({ ...server, client_id: client.client_id });
}

/** An API whose own client is gone names none. */
function unlinkResourceServer({ data }: Auth0Context, { client_id: id, ...client }: ClientRecord): void {
  if (typeof client.resource_server_identifier !== "string") return;
  const server = data.resourceServers.first(eq("identifier", client.resource_server_identifier));
  if (server?.client_id === id) data.resourceServers.put(patched(server, { client_id: null }));
}

/** A client that proves itself by keys has no secret; one that has done so and does no longer gets another. */
function withSecret(client: ClientRecord): ClientRecord {
  const byKeys =
    client.token_endpoint_auth_method === undefined &&
    Object.keys(recordOr(client.client_authentication_methods)).length > 0;
  return byKeys
    ? patched(client, { client_secret: null })
    : { ...client, client_secret: client.client_secret ?? urlSafe(64) };
}

/** Deletes a client with its credentials, its grants and its place among connections' clients. */
function removeClient(context: Auth0Context, client: ClientRecord): void {
  const { data } = context;
  const own = eq<"client_id">("client_id", client.client_id);
  for (const grant of data.clientGrants.find(own)) removeClientGrant(context, grant.id);
  unlinkResourceServer(context, client);
  data.credentials.deleteWhere(own);
  data.connectionClients.deleteWhere(own);
  data.organizationClients.deleteWhere(own);
  data.invitations.deleteWhere(own);
  data.authorizationCodes.deleteWhere(own);
  data.refreshTokens.deleteWhere(own);
  data.userGrants.deleteWhere(own);
  data.clients.delete(client.client_id);
}

const all = { path: "/api/v2/clients" };
const one = { path: "/api/v2/clients/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("clients", all, one);
const EXTERNAL = ["external_client_id", "external_metadata_type", "external_metadata_created_by"];
const READ = ["read:clients", "read:client_keys", "read:client_summary"];

/** Applications (Auth0 docs: Management API, Clients). */
export const clientRoutes = [
  route({
    ...create,
    operation: "post_clients",
    body: clientBody,
    handler: ({ body, call }, context) => {
      const asked = { ...modeOf(context, body), ...body, ...mergedSettings(body) };
      const { stored, shown } = withKeptCredentials(context, withSecret(newClient(asked)));
      linkResourceServer(context, call.origin, context.data.clients.insert(stored));
      return renderClient(context, call, shown);
    },
  }),
  route({
    ...list,
    operation: "get_clients",
    access: READ,
    query: listQuery,
    handler: ({ query, call }, context) =>
      pageReply(query, {
        name: "clients",
        rows: context.data.clients,
        where: clientsWhere(context, query),
        order: ["key"],
        render: (client) => renderClient(context, call, client, query),
        shape: "totals-first",
        cursor: idCursor,
      }),
  }),
  route({
    ...get,
    operation: "get_clients_by_id",
    access: READ,
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query, call }, context) =>
      renderClient(context, call, findClient(context, params.id), query),
  }),
  route({
    ...update,
    operation: "patch_clients_by_id",
    access: ["update:clients", "update:client_keys"],
    body: clientChangeBody,
    handler: ({ params, body, call }, context) => {
      const client = findClient(context, params.id);
      requireOpen(client, body);
      const changed = context.data.clients.put(withSecret(patched(client, mergedSettings(body, client))));
      const shown = renderClient(context, call, changed);
      // As recorded: the answer to a change does not say where the client comes from.
      return hasDocument(client) ? without(shown, ...EXTERNAL) : shown;
    },
  }),
  route({
    method: "POST",
    path: `${one.path}/rotate-secret`,
    operation: "post_rotate_secret",
    access: ["update:client_keys"],
    success: 200,
    params: idParams,
    handler: ({ params, call }, context) => {
      const client = { ...findClient(context, params.id), client_secret: urlSafe(64) };
      return renderClient(context, call, context.data.clients.put(client));
    },
  }),
  route({
    ...remove,
    operation: "delete_clients_by_id",
    handler: ({ params }, context) => {
      const client = context.data.clients.get(params.id);
      if (client?.global === true) throw new ManagementError(400, "Cannot delete global client.");
      if (client !== undefined) removeClient(context, client);
    },
  }),
];
