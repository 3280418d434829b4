import { z } from "zod";
import { alphanumeric, and, anyOf, eq, recordOr, Reply, timestamp } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { deleteConnection } from "../../cascades.ts";
import { compact, patched } from "../../changes.ts";
import type { Collections, Connection } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, ManagementError } from "../../errors.ts";
import { hasEarlyAccess } from "../../features.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { keptMetadata } from "../../formats.ts";
import { connectionOf, idParams } from "../../lookups.ts";
import { checkpointQuery, idCursor, listed, offsetQuery } from "../../paging.ts";
import { changedOptions, newOptions } from "./options.ts";
import { createConnectionBody, strategiesQuery, updateConnectionBody } from "./schemas.ts";

/** A connection as answers show it, with the clients for which it is enabled. */
export function showConnection(db: Collections, connection: Connection): Record<string, unknown> {
  const clients = db.connectionClients.find(eq("connection_id", connection.id));
  return { ...connection, enabled_clients: clients.map((link) => link.client_id) };
}

/** Enterprise strategies, whose connections can show a button of their own on the login page. */
const ENTERPRISE = new Set(["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"]);

/** What comes along whatever fields are asked for. */
const ALWAYS = ["id", "is_domain_connection", "authentication", "connected_accounts"];

/** Requesting applications of Cross App Access are at Okta, or at OpenID providers that are asked directly. */
function checkRequestingApp({ strategy, options, ...connection }: Connection): void {
  if (recordOr(connection.cross_app_access_requesting_app).active !== true) return;
  if (strategy === "okta" || (strategy === "oidc" && options.type === "back_channel")) return;
  throw new ManagementError(
    400,
    "Cross App Access Requesting App is not supported for this connection.",
    "operation_not_supported",
  );
}

const listQuery = z.looseObject({
  ...offsetQuery,
  ...checkpointQuery(),
  ...fieldsQuery,
  name: z.string().optional(),
  strategy: strategiesQuery,
});

export const connectionRoutes = [
  route({
    method: "GET",
    path: "/api/v2/connections",
    operation: "get_connections",
    access: ["read:connections"],
    success: 200,
    query: listQuery,
    handler: ({ query }, { db }) => {
      const filters: Where<"name" | "strategy">[] = [];
      if (query.name !== undefined) filters.push(eq("name", query.name));
      if (query.strategy !== undefined) filters.push(anyOf("strategy", query.strategy));
      return listed(query, {
        name: "connections",
        rows: db.connections,
        where: and(...filters),
        order: ["key"],
        show: (connection) => pickFields(showConnection(db, connection), query),
        defaultPerPage: 100,
        shape: "totals-first",
        cursor: { form: idCursor, of: (connection) => [connection.id] },
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/connections/:id",
    operation: "get_connections_by_id",
    access: ["read:connections"],
    success: 200,
    params: idParams,
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query }, { db }) =>
      pickFields(showConnection(db, connectionOf(db, params.id)), query, ALWAYS),
  }),
  route({
    method: "GET",
    path: "/api/v2/connections/:id/status",
    operation: "get_status",
    access: ["read:connections"],
    success: 200,
    params: idParams,
    // An empty body: every connection here is online.
    handler: ({ params }, { db }) => {
      connectionOf(db, params.id);
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/connections",
    operation: "post_connections",
    access: ["create:connections"],
    success: 201,
    body: createConnectionBody,
    handler: ({ body }, { db }) => {
      if (db.connections.first(eq("name", body.name)) !== undefined) {
        throw conflict("A connection with the same name already exists");
      }
      const { options = {}, metadata, ...rest } = body;
      const connection = compact<Connection>({
        id: `con_${alphanumeric(16)}`,
        options: newOptions(body.strategy, options, hasEarlyAccess(db)),
        ...(ENTERPRISE.has(body.strategy) ? { show_as_button: false } : {}),
        is_domain_connection: false,
        authentication: { active: true },
        connected_accounts: { active: false },
        realms: [body.name],
        ...rest,
        metadata: keptMetadata(metadata),
      });
      checkRequestingApp(connection);
      return showConnection(db, db.connections.insert(connection));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/connections/:id",
    operation: "patch_connections_by_id",
    access: ["update:connections"],
    success: 200,
    params: idParams,
    body: updateConnectionBody,
    handler: ({ params, body }, { db }) => {
      const connection = connectionOf(db, params.id);
      const changes = {
        ...body,
        ...(body.options === undefined
          ? {}
          : { options: changedOptions(connection.strategy, body.options, connection.options) }),
        ...(body.metadata === undefined ? {} : { metadata: keptMetadata(body.metadata) ?? null }),
      };
      const changed = patched(connection, changes);
      checkRequestingApp(changed);
      return showConnection(db, db.connections.put(changed));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/connections/:id",
    operation: "delete_connections_by_id",
    access: ["delete:connections"],
    success: 202,
    params: idParams,
    handler: ({ params }, { db, clock }) => {
      if (!db.connections.has(params.id)) return new Reply(204);
      deleteConnection(db, params.id);
      return { deleted_at: timestamp(clock) };
    },
  }),
];
