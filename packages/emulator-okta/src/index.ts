import { applySeed, ownCertificate, startTenant, Store, systemClock } from "@ai-api-access/emulator-core";
import type { Clock, RunningTenant, StartOptions, Tls, Trust } from "@ai-api-access/emulator-core";
import { openContext } from "./context.ts";
import { oktaRoutes } from "./routes.ts";
import { readSeed } from "./seed-file.ts";
import { seedOrg } from "./seed.ts";
import { oktaVendor } from "./vendor.ts";

export { oktaRoutes };
export { oktaSeedMistakes } from "./seed-file.ts";

/** How to start a local Okta org. */
export interface OktaTenantOptions extends StartOptions {
  /** The SQLite file that holds the org; `:memory:` by default. A file that is not there yet is made and seeded. */
  readonly file?: string;
  /** 0 or nothing for any free port. It may change from one start to the next: no address is stored. */
  readonly port?: number;
  /**
   * For clients that insist on https: all of the org with TLS as well, at this port (0 for any free one). Issuers and links
   * there name that address. The certificate is one of the local CA by default.
   */
  readonly withTls?: { readonly port: number; readonly tls?: Tls };
  /** The org's clock; the machine's by default. */
  readonly clock?: Clock;
  /**
   * Origins of other local servers that stand for another, so that a redirect to the one counts as one to the other:
   * `{ "http://localhost:4444": "https://localhost:4443" }`. An org at Okta knows no such thing.
   */
  readonly sameOrigins?: Readonly<Record<string, string>>;
}

/** A running local Okta org, at `http://localhost:PORT`, and with TLS where that was asked for. */
export interface OktaTenant extends RunningTenant {
  /** The API token of the org's administrator, for `Authorization: SSWS …`. The same after every start. */
  readonly apiToken: string;
  /** Where its CA lies when it was to have TLS and was given no certificate. */
  readonly trust: Trust | undefined;
}

/**
 * Starts a stand-in for an Okta org on 127.0.0.1. The official provider reaches it as its HTTP proxy
 * (`okta:httpProxy`, `OKTA_HTTP_PROXY`). Rejects when the port is taken.
 */
export async function startOktaTenant(options: OktaTenantOptions = {}): Promise<OktaTenant> {
  const { file = ":memory:", name, clock = systemClock, sameOrigins = {}, withTls } = options;
  const local = withTls !== undefined && withTls.tls === undefined ? await ownCertificate(name) : undefined;
  const tls = withTls?.tls ?? local;
  const store = new Store(file);
  const context = openContext(store, clock, sameOrigins);
  store.seed(() => {
    seedOrg(context);
    applySeed(options.seed, (seed) => readSeed(store, context, seed));
  });
  const { apiToken } = context.org();
  const tenant = await startTenant({
    ...options,
    twin: "okta",
    store,
    routes: oktaRoutes,
    vendor: oktaVendor,
    context,
    clock,
    withTls: withTls && tls && { port: withTls.port, tls },
  });
  return { ...tenant, apiToken, trust: local };
}
