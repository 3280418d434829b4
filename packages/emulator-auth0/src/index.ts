/**
 * A local tenant that behaves as Auth0 does. `management/` is the Management API v2 as far as the Pulumi and Terraform
 * providers and the SDKs use it, a folder or a file a resource; `authentication/` is how people sign in to an
 * organization and how applications get tokens, a file an endpoint, page or grant; `pages/` is what people see.
 */
import { applySeed, ownCertificate, startTenant, Store, systemClock } from "@ai-api-access/emulator-core";
import type { Clock, RunningTenant, StartOptions, Tls, Trust } from "@ai-api-access/emulator-core";
import { makeSigningKey } from "./authentication/signing-keys.ts";
import { openContext } from "./context.ts";
import type { Auth0Context } from "./context.ts";
import { findIdentity } from "./management/access.ts";
import { auth0Routes, pageRoutes } from "./routes.ts";
import { readSeed } from "./seed-file.ts";
import { seedTenant } from "./seed.ts";
import { auth0Vendor } from "./vendor.ts";

export { auth0Routes } from "./routes.ts";
export { auth0SeedMistakes } from "./seed-file.ts";

/** How to start an Auth0 tenant. */
export interface Auth0TenantOptions extends StartOptions {
  /** Path of the database file, made when it is not there; `:memory:` by default. */
  readonly file?: string;
  /** 0 or nothing for any free port. */
  readonly port?: number;
  /** For its name and 127.0.0.1, both PEM; one of the local CA by default. */
  readonly tls?: Tls;
  /**
   * Serves the login pages over plain HTTP too, for browsers that do not trust the certificate: at this port, 0 for
   * any. Tokens are issued over TLS alone and name the same issuer.
   */
  readonly pagesPort?: number | undefined;
  /** The machine's clock by default. */
  readonly clock?: Clock;
  /** In the place of `fetch`, for metadata documents of clients. */
  readonly fetch?: Auth0Context["fetch"];
}

/** A running Auth0 tenant. */
export interface Auth0Tenant extends RunningTenant {
  /** `localhost:PORT`, as the provider's `domain`. */
  readonly domain: string;
  /** Where its CA lies when it was given no certificate. */
  readonly trust: Trust | undefined;
  /** `http://localhost:PORT`, where people's browsers find `/authorize` and the pages after it. */
  readonly pagesOrigin: string | undefined;
  /** How to use the Management API: a client with all scopes, and a token that does not expire. */
  readonly management: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly apiToken: string;
  };
}

/** Starts an Auth0 tenant on 127.0.0.1; a new file is filled with what a new tenant has. */
export async function startAuth0Tenant(options: Auth0TenantOptions = {}): Promise<Auth0Tenant> {
  const { file = ":memory:", name, port, pagesPort, clock = systemClock } = options;
  const local = options.tls === undefined ? await ownCertificate(name) : undefined;
  const tls = options.tls ?? local;
  const store = new Store(file);
  const context = openContext(store, clock, options.fetch);
  if (!store.seeded) {
    const [current, next] = await Promise.all([makeSigningKey(), makeSigningKey()]);
    store.seed(() => {
      seedTenant(context, { current, next });
      applySeed(options.seed, (seed) => readSeed(store, context, seed));
    });
  }
  const { management } = findIdentity(context);
  const tenant = await startTenant({
    ...options,
    twin: "auth0",
    store,
    routes: auth0Routes,
    vendor: auth0Vendor,
    context,
    clock,
    port,
    tls,
    plainHttp: pagesPort === undefined ? undefined : { port: pagesPort, routes: pageRoutes },
  });
  return {
    ...tenant,
    domain: `${name ?? "localhost"}:${String(tenant.port)}`,
    trust: local,
    pagesOrigin: tenant.plainOrigin,
    management,
  };
}
