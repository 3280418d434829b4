import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { ConnectionRecord } from "./record.ts";

/** The connection with this id. Throws 404. */
export function findConnection({ data }: Auth0Context, id: string): ConnectionRecord {
  const found = data.connections.get(id);
  if (found === undefined) throw notFound("The connection does not exist", "inexistent_connection");
  return found;
}

/** Whether the tenant itself knows the passwords of a connection's people. */
export function isDatabase(connection: ConnectionRecord | undefined): boolean {
  return connection?.strategy === "auth0";
}

/** Strategies whose users sign in without a password. */
export function isPasswordless({ strategy }: ConnectionRecord): boolean {
  return strategy === "sms" || strategy === "email";
}
