import { z } from "zod";

/** How to reach a running pair of local tenants. Secrets inside: kept in files of mode 0600 only. */
export const tenantAccessSchema = z.object({
  pid: z.number().int(),
  auth0: z.object({
    /** `localhost:PORT`, as the provider's `domain`. */
    domain: z.string(),
    origin: z.url(),
    /**
     * `http://localhost:PORT`: where a browser that does not trust the local CA finds `/authorize` and the login
     * pages. Tokens come from `origin` alone, and name it.
     */
    pagesOrigin: z.url(),
    clientId: z.string(),
    clientSecret: z.string(),
    apiToken: z.string(),
  }),
  okta: z.object({
    origin: z.url(),
    /** The same org with TLS, for clients that insist on it. */
    tlsOrigin: z.url(),
    apiToken: z.string(),
  }),
  /** For the endpoints below `/_twin` of both tenants: `Authorization: Bearer …`. */
  adminToken: z.string(),
  /** The local CA alone, for Node; and with the well-known roots, for Go. */
  caFile: z.string(),
  bundleFile: z.string(),
});

export type TenantAccess = z.infer<typeof tenantAccessSchema>;

/**
 * The environment that points any client (the official CLI and plugins too) at the tenants. The names are the
 * providers' own.
 */
export function tenantEnvironment({ auth0, okta, caFile, bundleFile }: TenantAccess): Record<string, string> {
  return {
    AUTH0_DOMAIN: auth0.domain,
    AUTH0_CLIENT_ID: auth0.clientId,
    AUTH0_CLIENT_SECRET: auth0.clientSecret,
    OKTA_ORG_NAME: "local",
    OKTA_BASE_URL: "localhost",
    OKTA_HTTP_PROXY: okta.origin,
    OKTA_API_TOKEN: okta.apiToken,
    SSL_CERT_FILE: bundleFile,
    REQUESTS_CA_BUNDLE: bundleFile,
    NODE_EXTRA_CA_CERTS: caFile,
  };
}
