import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import type { ClientRecord } from "./record.ts";

/** 404 for a client that is not there, or not where it is looked for. */
export function clientNotFound() {
  return notFound("The client does not exist", "inexistent_client");
}

/** The client with this id. Throws 404. */
export function findClient({ data }: Auth0Context, id: string): ClientRecord {
  const found = data.clients.get(id);
  if (found === undefined) throw clientNotFound();
  return found;
}
