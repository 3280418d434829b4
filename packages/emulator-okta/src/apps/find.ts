import { z } from "zod";
import { appMetadataNotSupported, notFound } from "../errors.ts";
import type { OktaContext } from "../context.ts";
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
