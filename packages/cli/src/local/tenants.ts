/** `npm run tenants`: serves the local tenants until stopped, for any client. */
import { UserError } from "@ai-api-access/user-error";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { FAULT_EXAMPLE } from "@ai-api-access/emulator-core";
import { twinHome } from "@ai-api-access/local/home.ts";
import { tenantEnvironment } from "@ai-api-access/local/tenants/access.ts";
import { modesOf } from "@ai-api-access/local/tenants/modes.ts";
import { announceTenants, findTenants, forgetTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { runCommand, say } from "../shared/run.ts";

const port = (text: string): number => {
  const number = z.coerce.number().int().min(0).max(65_535).safeParse(text);
  if (number.success) return number.data;
  throw new InvalidArgumentError("Wants a number from 0 to 65535, for example 4443.");
};
const collected = (value: string, before: string[] = []): string[] => [...before, value];

const cli = new Command("npm run tenants --")
  .description("Serves local stand-ins for an Auth0 tenant and an Okta org on loopback until stopped.")
  .option("--auth0-port <port>", "port of a new Auth0 tenant (0: any)", port)
  .option("--okta-port <port>", "port of a new Okta org (0: any)", port)
  .option(
    "--host <address>",
    "an address to answer at besides loopback (0.0.0.0 for all): others can reach it",
  )
  .option(
    "--fault <spec>",
    `what goes wrong, for example '${FAULT_EXAMPLE}'; 'auth0 …' or 'okta …' for one of them; may be repeated`,
    collected,
  )
  .option(
    "--rate-limit <limit>",
    "free, enterprise (the vendor's limits for that plan), or RATE/BURST a second; 'auth0 …' or 'okta …' for one of them",
    collected,
  )
  .option(
    "--lag <time>",
    "how long reads lag behind writes where the vendor documents that they may, for example 2s",
    collected,
  )
  .parse();
const options = z
  .object({
    auth0Port: z.number().default(4443),
    oktaPort: z.number().default(4480),
    host: z.string().optional(),
    fault: z.array(z.string()).default([]),
    rateLimit: z.array(z.string()).default([]),
    lag: z.array(z.string()).default([]),
  })
  .parse(cli.opts());

await runCommand(async (signal) => {
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
});
