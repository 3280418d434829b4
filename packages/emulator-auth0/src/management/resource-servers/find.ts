import { eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { storedIdentifier } from "./identifier.ts";
import type { ResourceServerRecord } from "./record.ts";

/**
 * The resource server with an id or an identifier, or nothing. A path may carry the identifier escaped once
 * or twice: the server has undone the first escape, this undoes the second.
 */
export function resourceServerAt(
  { data }: Auth0Context,
  origin: string,
  reference: string,
): ResourceServerRecord | undefined {
  const readings = [reference, decoded(reference)].map((text) => storedIdentifier(origin, text));
  return (
    data.resourceServers.get(reference) ??
    readings
      .map((text) => data.resourceServers.first(eq("identifier", text)))
      .find((found) => found !== undefined)
  );
}

/** The resource server with an id or an identifier. Throws 404. */
export function findResourceServer(
  context: Auth0Context,
  origin: string,
  reference: string,
): ResourceServerRecord {
  const found = resourceServerAt(context, origin, reference);
  if (found === undefined) throw notFound("The resource server does not exist", "inexistent_resource_server");
  return found;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
