import type { Auth0Context } from "../../context.ts";
import type { ConnectionRecord } from "../../management/connections/record.ts";
import { PageError } from "../authorize/answer.ts";
import { homeRealm } from "../authorize/connections.ts";
import { optionsOf } from "../authorize/steps.ts";
import type { TransactionRecord } from "../record.ts";

/** The connection that a request on its way goes on with. Throws where that is none of its own. */
export function chosenConnection(context: Auth0Context, transaction: TransactionRecord): ConnectionRecord {
  const options = optionsOf(context, transaction);
  const name = transaction.chosen ?? transaction.connection;
  const option = options.find(({ connection }) => connection.name === name);
  const connection = option?.connection ?? homeRealm(options, transaction.login_hint);
  if (connection !== undefined) return connection;
  throw new PageError(400, "No connection was chosen.", "Go back to the application and start again.");
}

/** Whether the tenant stands in for the provider of a connection itself. */
export function isSocial({ strategy }: ConnectionRecord): boolean {
  return strategy === "google-oauth2" || strategy === "github";
}
