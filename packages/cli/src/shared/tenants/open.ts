import type { ConfigSource } from "@ai-api-access/local/program.ts";
import { TenantApi, type TenantApis } from "./api.ts";
import { auth0Grant, auth0Origin, auth0Settings } from "./auth0.ts";
import { oktaGrant, oktaSettings } from "./okta.ts";
import { trustAsPluginsDo } from "./trust.ts";

/**
 * Logs in to both tenants of a stack as its providers would.
 *
 * @throws TenantError saying what to set, or what a tenant said
 */
export async function openTenants(source: ConfigSource): Promise<TenantApis> {
  trustAsPluginsDo(source.environment);
  const auth0 = auth0Settings(source);
  const okta = oktaSettings(source);
  const [person, machine] = await Promise.all([auth0Grant(auth0), oktaGrant(okta)]);
  return {
    auth0: auth0Api(auth0Origin(auth0), person.token),
    okta: oktaApi(okta.origin, machine.authorization),
  };
}

export function auth0Api(origin: string, token: string): TenantApi {
  return new TenantApi(`${origin}/api/v2`, `Bearer ${token}`);
}

export function oktaApi(origin: string, authorization: string): TenantApi {
  return new TenantApi(`${origin}/api/v1`, authorization);
}
