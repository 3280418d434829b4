import { eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import type { ClientRecord } from "../management/clients/record.ts";

/**
 * The client that a request names: by its id, or by the URL of the metadata document that it was registered with (Auth0
 * docs, "Register Applications with CIMD").
 */
export function clientNamed({ data }: Auth0Context, id: string): ClientRecord | undefined {
  return data.clients.get(id) ?? data.clients.first(eq("external_client_id", id));
}

/** What a client is known by outside of the tenant: the URL of its metadata document, else its id. */
export function publicId({ client_id: id, external_client_id: url }: ClientRecord): string {
  return url ?? id;
}
