import {
  auth0Client,
  oktaClient,
  trustCertificateFile,
  type TenantClients,
} from "@ai-api-access/tenant-clients";
import type { TenantAccess } from "../tenants/access.ts";

/** Both tenants, with the local tokens. */
export function tenantClients({ auth0, okta, caFile }: TenantAccess): TenantClients {
  trustCertificateFile(caFile);
  // Tenants may be set to limit requests or to fail some; recovery must not stop at that.
  const options = { retries: 8, pause: { first: 500, longest: 5_000 } };
  return {
    auth0: auth0Client(
      { domain: auth0.domain, credentials: { kind: "token", token: auth0.apiToken } },
      options,
    ),
    okta: oktaClient({ origin: okta.origin, credentials: { kind: "token", token: okta.apiToken } }, options),
  };
}
