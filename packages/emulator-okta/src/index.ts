import { Store } from "@ai-api-access/emulator-core/store.ts";
import { startTenant } from "@ai-api-access/emulator-core/tenant.ts";
import type { StartOptions, RunningTenant } from "@ai-api-access/emulator-core/tenant.ts";
import { systemClock } from "@ai-api-access/emulator-core/times.ts";
import type { Clock } from "@ai-api-access/emulator-core/times.ts";
import { bearOrg } from "./birth.ts";
import { openContext } from "./context.ts";
import { oktaRoutes } from "./routes.ts";
import { oktaVendor } from "./vendor.ts";

/** How to start a local Okta org. */
export interface OktaTenantOptions extends StartOptions {
  /** The SQLite file that holds the org, or `:memory:`. A file that is not there yet is made, and the org born. */
  readonly file: string;
  /** 0 or nothing for any free port. It may differ from one start to the next: no address is stored. */
  readonly port?: number;
  /** What the org takes for the present time; the machine's clock by default. */
  readonly clock?: Clock;
}

/** A running local Okta org, at `http://localhost:PORT` without TLS. */
export interface OktaTenant extends RunningTenant {
  /**
   * The API token of the org's administrator, for `Authorization: SSWS …`. Made at birth, the same after every
   * start.
   */
  readonly apiToken: string;
}

/**
 * Starts a stand-in for an Okta org on 127.0.0.1. The official provider reaches it as its HTTP proxy
 * (`okta:httpProxy`, `OKTA_HTTP_PROXY`). Rejects when the port is taken.
 */
export async function startOktaTenant(options: OktaTenantOptions): Promise<OktaTenant> {
  const clock = options.clock ?? systemClock;
  const store = new Store(options.file);
  const context = openContext(store, clock);
  store.bear(() => {
    bearOrg(context);
  });
  const { apiToken } = context.org();
  const tenant = await startTenant({
    ...options,
    twin: "okta",
    store,
    routes: oktaRoutes,
    vendor: oktaVendor(oktaRoutes),
    context,
    clock,
    port: options.port,
  });
  return { ...tenant, apiToken };
}
