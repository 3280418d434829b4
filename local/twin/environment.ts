import type { TwinHome } from "./home.ts";
import type { Providers } from "./providers.ts";
import { tenantEnvironment, type TenantAccess } from "./tenants/access.ts";

/** Settings of real tenants and of a real backend, which must not reach a run of the twin. */
const FOREIGN = /^(AUTH0|OKTA|PULUMI|TF_VAR)_/;

/** The environment of the CLI in a run of the twin. */
export function twinEnvironment(
  home: TwinHome,
  access: TenantAccess,
  providers: Providers,
): Record<string, string> {
  const blanked = Object.keys(process.env)
    .filter((name) => FOREIGN.test(name))
    .map((name): [string, string] => [name, ""]);
  return {
    ...Object.fromEntries(blanked),
    ...tenantEnvironment(access),
    PULUMI_BACKEND_URL: `file://${home.state}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: home.passphraseFile,
    PULUMI_HOME: home.pulumiHome,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...providers.environment,
  };
}
