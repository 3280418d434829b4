import type { VendorName } from "./recording.ts";

/** Domains of the vendors' tenants, and the stand-in domain of recordings whose org's name was taken out. */
const DOMAINS: readonly (readonly [RegExp, VendorName])[] = [
  [/(^|\.)auth0\.com$/i, "auth0"],
  [/(^|[.-])okta(preview|-emea|-gov)?\.com$/i, "okta"],
];

/** Paths that only one of the vendors has; for tenants behind a domain of their own. */
const PATHS: readonly (readonly [RegExp, VendorName])[] = [
  [/^\/(api\/v2|oauth\/token|userinfo|dbconnections)(\/|$)/, "auth0"],
  [/^\/(api\/v1|oauth2)(\/|$)|^\/\.well-known\/okta-organization$/, "okta"],
];

/** Which vendor a recorded request went to: told by the host, else by the path; nothing when neither tells. */
export function vendorOf(url: URL): VendorName | undefined {
  const byHost = DOMAINS.find(([pattern]) => pattern.test(url.hostname));
  return (byHost ?? PATHS.find(([pattern]) => pattern.test(url.pathname)))?.[1];
}
