import { z } from "zod";
import { alphanumeric, and, anyOf, eq, recordOr } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, ManagementError } from "../../errors.ts";
import { compact, patched } from "../../objects.ts";
import { endpoints, requireScope } from "../access.ts";
import { fieldsQuery, pickFields } from "../fields.ts";
import { idParams, keptMetadata } from "../formats.ts";
import { idCursor, paged, pagedByCheckpoint, pageReply } from "../paging.ts";
import { answersAsBefore, hasEarlyAccess } from "../tenant-settings.ts";
import { removeUser } from "../users/routes.ts";
import { connectionBody, connectionChangeBody, strategiesQuery } from "./body.ts";
import { findConnection } from "./find.ts";
import { changedOptions, newOptions } from "./options.ts";
import type { ConnectionRecord } from "./record.ts";
import { readConnection, renderConnection } from "./render.ts";
import { removeScim } from "./scim.ts";

/** Enterprise strategies, whose connections can show a button of their own on the login page. */
const ENTERPRISE = new Set(["ad", "adfs", "google-apps", "oidc", "okta", "pingfederate", "samlp", "waad"]);

/** Strategies whose connections have a name to show from the start. */
const NAMED = new Set(["oidc", "waad"]);

/** Strategies that somebody at the company sets up at a page of the tenant. */
const PROVISIONED = new Set(["ad", "adfs", "google-apps", "pingfederate", "samlp", "waad"]);

function provisioningUrl({ origin }: Call, strategy: string): string | undefined {
  return PROVISIONED.has(strategy) ? `${origin}/p/${strategy}/${alphanumeric(32)}` : undefined;
}

/** What a new database connection says where nothing was asked. */
function defaultsOf(context: Auth0Context): Parameters<typeof newOptions>[2] {
  return {
    passwordOptions: !answersAsBefore(context, "password policy"),
    oneTimePasswords: !answersAsBefore(context, "no one-time passwords") && !hasEarlyAccess(context),
  };
}

/** Connections of Azure AD name the tenant from the start. */
function domainOf({ origin }: Call, strategy: string): { readonly app_domain?: string } {
  return strategy === "waad" ? { app_domain: new URL(origin).host } : {};
}

/** What comes along whatever fields are asked for. */
const ALWAYS = ["id", "is_domain_connection", "authentication", "connected_accounts"];

/** Requesting applications of Cross App Access are at Okta, or at OpenID providers that are asked directly. */
function validateRequestingApp({ strategy, options, ...connection }: ConnectionRecord): void {
  if (recordOr(connection.cross_app_access_requesting_app).active !== true) return;
  if (strategy === "okta" || (strategy === "oidc" && options.type === "back_channel")) return;
  const text = "Cross App Access Requesting App is not supported for this connection.";
  throw new ManagementError(400, text, "operation_not_supported");
}

/** Deletes a connection with its links to organizations and clients, and all users that it keeps. */
function removeConnection(context: Auth0Context, { id, name }: ConnectionRecord): void {
  const { data } = context;
  for (const user of data.users.find(eq("connection", name))) removeUser(context, user.user_id);
  data.organizationConnections.deleteWhere(eq("connection_id", id));
  data.connectionClients.deleteWhere(eq("connection_id", id));
  data.connectionKeys.deleteWhere(eq("connection_id", id));
  data.directoryProvisionings.delete(id);
  removeScim(context, id);
  data.connections.delete(id);
}

const all = { path: "/api/v2/connections" };
const one = { path: "/api/v2/connections/:id", params: idParams };
const { create, list, get, update, remove } = endpoints("connections", all, one);

/** Where users come from (Auth0 docs: Management API, Connections). */
export const connectionRoutes = [
  route({
    ...create,
    operation: "post_connections",
    body: connectionBody,
    handler: ({ body, call }, context) => {
      const { options = {}, metadata, ...rest } = body;
      if (context.data.connections.first(eq("name", body.name)) !== undefined) {
        throw conflict("A connection with the same name already exists");
      }
      const connection = compact<ConnectionRecord>({
        id: `con_${alphanumeric(16)}`,
        options: {
          ...newOptions(body.strategy, options, defaultsOf(context)),
          ...domainOf(call, body.strategy),
        },
        show_as_button: ENTERPRISE.has(body.strategy) ? false : undefined,
        is_domain_connection: false,
        authentication: { active: true },
        connected_accounts: { active: false },
        display_name: NAMED.has(body.strategy) ? body.name : undefined,
        provisioning_ticket_url: provisioningUrl(call, body.strategy),
        realms: [body.name],
        ...rest,
        metadata: keptMetadata(metadata),
      });
      validateRequestingApp(connection);
      return renderConnection(context, context.data.connections.insert(connection));
    },
  }),
  route({
    ...list,
    operation: "get_connections",
    query: z.looseObject({
      ...paged(),
      ...pagedByCheckpoint(),
      ...fieldsQuery,
      name: z.string().optional(),
      strategy: strategiesQuery,
    }),
    handler: ({ query, call }, context) =>
      pageReply(query, {
        name: "connections",
        rows: context.data.connections,
        where: and<"name" | "strategy">(
          matching({ name: query.name }),
          ...(query.strategy === undefined ? [] : [anyOf<"strategy">("strategy", query.strategy)]),
        ),
        order: ["key"],
        render: (connection) => pickFields(readConnection(context, call, connection), query),
        defaultPerPage: 100,
        limited: true,
        shape: "totals-first",
        cursor: idCursor,
      }),
  }),
  route({
    ...get,
    operation: "get_connections_by_id",
    query: z.looseObject(fieldsQuery),
    handler: ({ params, query, call }, context) =>
      pickFields(readConnection(context, call, findConnection(context, params.id)), query, ALWAYS),
  }),
  route({
    ...update,
    operation: "patch_connections_by_id",
    body: connectionChangeBody,
    handler: ({ params, call, body: { options, metadata, ...rest } }, context) => {
      if (options !== undefined) requireScope(call, "update:connections_options");
      const connection = findConnection(context, params.id);
      const { strategy, options: old } = connection;
      const changed = patched(connection, {
        ...rest,
        ...(options === undefined ? {} : { options: changedOptions(strategy, options, old) }),
        ...(metadata === undefined ? {} : { metadata: keptMetadata(metadata) ?? null }),
      });
      validateRequestingApp(changed);
      return renderConnection(context, context.data.connections.put(changed));
    },
  }),
  route({
    ...remove,
    operation: "delete_connections_by_id",
    success: 202,
    handler: ({ params }, context) => {
      const connection = context.data.connections.get(params.id);
      if (connection !== undefined) removeConnection(context, connection);
      return { deleted_at: context.now() };
    },
  }),
];
