import { z } from "zod";
import type { Collections } from "../../collections.ts";
import { isAllowedUrl } from "../authorize/allowed-urls.ts";
import { PageError } from "../authorize/errors.ts";
import { clientSettings } from "../client-settings.ts";

const tenantSchema = z.object({ allowed_logout_urls: z.array(z.string()).catch([]) });

/** The URLs that people may be sent to after logout: an application's own, or without one the tenant's. */
export function logoutUrls(db: Collections, clientId: string | undefined): readonly string[] {
  if (clientId === undefined)
    return tenantSchema.parse(db.settings.get("settings") ?? {}).allowed_logout_urls;
  const client = db.clients.get(clientId);
  if (client === undefined) {
    const hint = "The application that sent you here is not registered in this tenant.";
    throw new PageError(400, `Unknown client: ${clientId}`, hint);
  }
  return clientSettings(client).allowed_logout_urls;
}

/** Throws where a URL is none of those allowed; its query and hash do not count (Auth0 docs: redirect after logout). */
export function checkLogoutUrl(allowed: readonly string[], parameter: string, url: string): void {
  const [bare = url] = url.split(/[?#]/);
  if (isAllowedUrl(allowed, url) || isAllowedUrl(allowed, bare)) return;
  throw new PageError(
    400,
    `The "${parameter}" querystring parameter "${url}" is not defined as a valid URL in "Allowed Logout URLs".`,
    "Add it to the allowed logout URLs of the application that the request names, or of the tenant where it names none.",
  );
}
