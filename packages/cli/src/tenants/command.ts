/** `ai-api-access tenants`: serves the local tenants until stopped, for any client. */
import { UserError } from "@ai-api-access/user-error";
import { twinHome } from "@ai-api-access/local/home.ts";
import { tenantEnvironment } from "@ai-api-access/local/tenants/access.ts";
import { modesOf } from "@ai-api-access/local/tenants/modes.ts";
import { announceTenants, findTenants, forgetTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { z } from "zod";
import type { Context } from "../context.ts";

const optionsSchema = z.object({
  auth0Port: z.number().default(4443),
  oktaPort: z.number().default(4480),
  host: z.string().optional(),
  fault: z.array(z.string()).default([]),
  rateLimit: z.array(z.string()).default([]),
  lag: z.array(z.string()).default([]),
});

export async function runTenants(raw: unknown, { print, untilStopped }: Context): Promise<number> {
  const options = optionsSchema.parse(raw);
  const modes = modesOf(options);
  const signal = untilStopped();
  const home = twinHome();
  if ((await findTenants(home.tenants)) !== undefined) {
    throw new UserError("The tenants of this folder are being served already, by another command.");
  }
  const tenants = await serveTenants({
    folder: home.tenants,
    firstPorts: { auth0: options.auth0Port, okta: options.oktaPort },
    host: options.host,
    modes,
    onNotice: print,
  });
  announceTenants(home.tenants, tenants.access);
  const { auth0, okta, adminToken } = tenants.access;
  print(`Local Auth0 tenant  ${auth0.origin}   (a stand-in, not Auth0's service)
  its login pages   ${auth0.pagesOrigin}/authorize   (plain HTTP, for browsers)
Local Okta org      ${okta.origin}   (a stand-in, not Okta's service)

Any client, the official Pulumi CLI and plugins too, is pointed at them by this environment:`);
  for (const [name, value] of Object.entries(tenantEnvironment(tenants.access))) {
    print(`  export ${name}='${value}'`);
  }
  print(`
The endpoints below /_twin (request log, faults, reset, snapshot) want this as a bearer token:
  export AI_API_ACCESS_ADMIN_TOKEN='${adminToken}'

Ctrl-C stops serving; what the tenants hold stays.`);
  if (!signal.aborted) {
    await new Promise((stopped) => {
      signal.addEventListener("abort", stopped, { once: true });
    });
  }
  forgetTenants(home.tenants);
  await tenants.close();
  return 0;
}
