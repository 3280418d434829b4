/** What `ai-api-access tenants` does: serves the local tenants until stopped, for any client. */
import { twinHome } from "@ai-api-access/local/home.ts";
import { tenantEnvironment } from "@ai-api-access/local/tenants/access.ts";
import { modesOf } from "@ai-api-access/local/tenants/modes.ts";
import { announceTenants, findTenants, forgetTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { UserError } from "@ai-api-access/user-error";
import { say } from "../shared/run.ts";
import type { Options } from "./register.ts";

export async function tenantsCommand(options: Options, signal: AbortSignal): Promise<number> {
  const modes = modesOf(options);
  const home = twinHome();
  if ((await findTenants(home.tenants)) !== undefined) {
    throw new UserError("The tenants of this folder are being served already, by another command.");
  }
  const tenants = await serveTenants({
    folder: home.tenants,
    firstPorts: { auth0: options.auth0Port, okta: options.oktaPort },
    host: options.host,
    modes,
    onNotice: say,
  });
  announceTenants(home.tenants, tenants.access);
  say(`Local Auth0 tenant  ${tenants.access.auth0.origin}   (a stand-in, not Auth0's service)`);
  say(`  its login pages   ${tenants.access.auth0.pagesOrigin}/authorize   (plain HTTP, for browsers)`);
  say(`Local Okta org      ${tenants.access.okta.origin}   (a stand-in, not Okta's service)`);
  say("");
  say("Any client, the official Pulumi CLI and plugins too, is pointed at them by this environment:");
  for (const [name, value] of Object.entries(tenantEnvironment(tenants.access))) {
    say(`  export ${name}='${value}'`);
  }
  say("");
  say("The endpoints below /_twin (request log, faults, reset, snapshot) want this as a bearer token:");
  say(`  export AI_API_ACCESS_ADMIN_TOKEN='${tenants.access.adminToken}'`);
  say("");
  say("Ctrl-C stops serving; what the tenants hold stays.");
  await new Promise((stopped) => {
    signal.addEventListener("abort", stopped, { once: true });
  });
  forgetTenants(home.tenants);
  await tenants.close();
  return 0;
}
