import type { TwinHome } from "./home.ts";
import type { Providers } from "./providers.ts";
import { tenantEnvironment, type TenantAccess } from "./tenants/access.ts";

/** Settings of real tenants and of a real backend, which must not reach a run of the twin. */
const FOREIGN = /^(AUTH0|OKTA|PULUMI|TF_VAR)_/;

/** The engine prefers this to the file of the twin's own passphrase, even when it is empty. */
const PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE";

/** The environment of the CLI in a run of the twin. */
export function twinEnvironment(
  home: TwinHome,
  access: TenantAccess,
  providers: Providers,
): Record<string, string> {
  // What is given to the Automation API goes over this process's environment and can take nothing out of it.
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  delete process.env[PASSPHRASE];
  const blanked = Object.keys(process.env)
    .filter((name) => FOREIGN.test(name) && name !== PASSPHRASE)
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
