/** `ai-api-access tenants`: serves the local tenants until stopped, for any client. */
import { UserError } from "@ai-api-access/user-error";
import { hostsOf } from "@ai-api-access/emulator-core/http/host-names.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import {
  removeEnvironmentFile,
  writeEnvironmentFile,
} from "@ai-api-access/local/tenants/environment-file.ts";
import { modesOf } from "@ai-api-access/local/tenants/modes.ts";
import { announceTenants, findTenants, forgetTenants } from "@ai-api-access/local/tenants/running.ts";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { z } from "zod";
import type { Context } from "../context.ts";

const optionsSchema = z.object({
  auth0Port: z.number().default(4443),
  oktaPort: z.number().default(4480),
  host: z.array(z.string()).default([]),
  seed: z.string().optional(),
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
    ...hostsOf(options.host),
    seed: options.seed,
    modes,
    onNotice: print,
  });
  announceTenants(home.tenants, tenants.access);
  const { auth0, okta } = tenants.access;
  const file = writeEnvironmentFile(home.tenants, tenants.access);
  print(`Local Auth0 tenant  ${auth0.origin}   (a stand-in, not Auth0's service)
  its login pages   ${auth0.pagesOrigin}/authorize   (plain HTTP, for browsers)
Local Okta org      ${okta.origin}   (a stand-in, not Okta's service)
  with TLS          ${okta.tlsOrigin}   (for clients that insist on it; tokens from there name it as issuer)

Any client, the official Pulumi CLI and plugins too, is pointed at them by the variables in a file:
  (. '${file.replaceAll("'", String.raw`'\''`)}' && pulumi preview)
In a subshell, as here: variables that stay in your shell would send the next command, for a real stack too, to this
machine. The file also has AI_API_ACCESS_ADMIN_TOKEN, the bearer token of the endpoints below /_twin (request log,
faults, reset, snapshot). It goes when the tenants stop.

Ctrl-C stops serving; what the tenants hold stays.`);
  if (!signal.aborted) {
    await new Promise((stopped) => {
      signal.addEventListener("abort", stopped, { once: true });
    });
  }
  removeEnvironmentFile(home.tenants);
  forgetTenants(home.tenants);
  await tenants.close();
  return 0;
}
