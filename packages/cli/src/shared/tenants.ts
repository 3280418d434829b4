import {
  auth0Client,
  oktaClient,
  providerConfig,
  readAuth0Settings,
  readOktaSettings,
  trustCertificateFile,
  type Auth0Settings,
  type ClientOptions,
  type OktaSettings,
  type TenantClients,
} from "@ai-api-access/tenant-clients";
import type { ConfigSource } from "@ai-api-access/local/program.ts";

/** For commands that only look: nothing is asked twice, and nobody waits long for an answer. */
export const LOOKING: ClientOptions = { readOnce: true, timeout: 20_000 };

/** The settings of the auth0 provider of a stack. @throws TenantError saying what to set */
export function auth0Settings({ values, environment }: ConfigSource): Auth0Settings {
  return readAuth0Settings(providerConfig(values, "auth0"), environment);
}

/** The settings of the okta provider of a stack. @throws TenantError saying what to set */
export function oktaSettings({ project, values, environment }: ConfigSource): OktaSettings {
  const trustedProxy = values[`${project ?? "ai-api-access"}:oktaHttpProxy`];
  return readOktaSettings(providerConfig(values, "okta"), environment, trustedProxy);
}

/**
 * Logs in to both tenants of a stack as its providers would.
 *
 * @throws TenantError saying what to set, or what a tenant said
 */
export async function openTenants(source: ConfigSource): Promise<TenantClients> {
  trustCertificateFile(source.environment.SSL_CERT_FILE);
  const auth0 = auth0Client(auth0Settings(source), LOOKING);
  const okta = oktaClient(oktaSettings(source), LOOKING);
  await Promise.all([auth0.grant(), okta.grant()]);
  return { auth0, okta };
}
