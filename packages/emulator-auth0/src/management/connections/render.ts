import { eq, without } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { hasScope } from "../access.ts";
import type { ConnectionRecord } from "./record.ts";

/** What people see a connection as. */
export function labelOf({ display_name: label, name }: ConnectionRecord): string {
  return typeof label === "string" && label !== "" ? label : name;
}

/** A connection as answers show it, with the clients for which it is enabled. */
export function renderConnection(
  { data }: Auth0Context,
  connection: ConnectionRecord,
): Record<string, unknown> {
  const clients = data.connectionClients.find(eq("connection_id", connection.id));
  return { ...connection, enabled_clients: clients.map((link) => link.client_id) };
}

/**
 * The same as it is read: without its options, unless the call has their scope (Auth0 docs: migrate to Management API
 * connection options scopes).
 */
export function readConnection(
  context: Auth0Context,
  call: Call,
  connection: ConnectionRecord,
): Record<string, unknown> {
  const shown = renderConnection(context, connection);
  if (!hasScope(call, "read:connections_options")) return without(shown, "options");
  const unset = ["authorizationURL", "tokenURL"].filter((name) => connection.options[name] === null);
  return { ...shown, options: without(connection.options, ...unset) };
}
