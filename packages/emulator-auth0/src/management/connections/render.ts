import { eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { ConnectionRecord } from "./record.ts";

/** A connection as answers show it, with the clients for which it is enabled. */
export function renderConnection(
  { data }: Auth0Context,
  connection: ConnectionRecord,
): Record<string, unknown> {
  const clients = data.connectionClients.find(eq("connection_id", connection.id));
  return { ...connection, enabled_clients: clients.map((link) => link.client_id) };
}
