import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import type { OktaContext } from "../context.ts";
import { appMetadataNotSupported, notFound } from "../errors.ts";
import type { AppRecord } from "./record.ts";

/** The path parameter that names an application. */
export const appParams = z.object({ appId: z.string() });

/** The application with this id. Throws 404 with the type name that Okta uses for OpenID Connect applications. */
export function findApp({ data }: OktaContext, id: string): AppRecord {
  const found = data.apps.get(id);
  if (found === undefined) throw notFound(id, "OAuth2AppInstance");
  return found;
}

/** The same for a change: Okta's own applications cannot be changed. */
export function findOwnApp(context: OktaContext, id: string): AppRecord {
  const found = findApp(context, id);
  if (found.system) throw appMetadataNotSupported();
  return found;
}

/** The path parameter that names an application as an OAuth client. */
export const clientParams = z.object({ clientId: z.string() });

/** The application with this client id. Throws 404 with the type name of Okta's docs, "Dynamic Client Registration". */
export function findClient({ data }: OktaContext, clientId: string): AppRecord {
  const found = data.apps.first(eq("clientId", clientId));
  if (found === undefined) throw notFound(clientId, "PublicClientApp");
  return found;
}
