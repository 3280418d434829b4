/**
 * A local tenant that behaves as Auth0 does: the Management API v2 as far as the Pulumi and Terraform
 * providers use it, and of the Authentication API how people sign in to an organization and how applications get
 * tokens. `management/` has one route group a file, `authentication/` one endpoint, page or grant a file, and
 * `pages/` is what people see.
 */
import { startTenant, Store, systemClock } from "@ai-api-access/emulator-core";
import type {
  Clock,
  StartOptions,
  RunningTenant,
  Tls,
  Vendor,
  VendorErrors,
} from "@ai-api-access/emulator-core";
import { authorize } from "./authorize.ts";
import { authenticationRoutes, pageRoutes } from "./authentication/index.ts";
import { populate } from "./birth.ts";
import { openCollections } from "./collections.ts";
import type { Auth0Context } from "./context.ts";
import { ManagementError, outage, tooLarge, tooManyRequests } from "./errors.ts";
import { identityOf, makeIdentity } from "./identity.ts";
import { auth0Lagging } from "./lag.ts";
import { auth0Limits } from "./limits.ts";
import { managementRoutes } from "./management/index.ts";
import { makeKeyMaterial } from "./signing-keys.ts";
import { validationError } from "./wording.ts";

/** How to start an Auth0 tenant. */
export interface Auth0TenantOptions extends StartOptions {
  /** Path of the database file, made when it is not there; or `:memory:`. */
  readonly file: string;
  /** 0 or nothing for any free port. */
  readonly port?: number;
  /** For `localhost` and `127.0.0.1`, both PEM. The providers speak nothing but https. */
  readonly tls: Tls;
  /**
   * Serves the login pages over plain HTTP too, for browsers that do not trust the certificate: at this port, 0 for
   * any. Tokens are issued over TLS alone and name the same issuer.
   */
  readonly pagesPort?: number | undefined;
  /** The machine's clock by default. */
  readonly clock?: Clock;
}

/** A running Auth0 tenant. */
export interface Auth0Tenant extends RunningTenant {
  /** `localhost:PORT`, as the provider's `domain`. */
  readonly domain: string;
  /** `http://localhost:PORT`, where people's browsers find `/authorize` and the pages after it. */
  readonly pagesOrigin: string | undefined;
  /** How to use the Management API: a client with all scopes, and a token that does not expire. */
  readonly management: {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly apiToken: string;
  };
}

const errors: VendorErrors = {
  notFound: () => new ManagementError(404, "Not Found"),
  unreadable: (message) =>
    message.startsWith("Unsupported Media Type")
      ? new ManagementError(415, "Unsupported Media Type")
      : new ManagementError(400, "Invalid request payload JSON format"),
  invalid: validationError,
  unexpected: () => new ManagementError(500, "Internal error"),
  tooLarge,
  tooManyRequests,
  outage,
};

const vendor: Vendor<Auth0Context> = {
  errors,
  limits: auth0Limits,
  lagging: auth0Lagging,
  authorize: (call, { access }, context) =>
    access === "public" ? undefined : authorize(call, access, context),
};

/** All routes of an Auth0 tenant. */
export const auth0Routes = [...managementRoutes, ...authenticationRoutes];

/** Starts an Auth0 tenant on 127.0.0.1; a new file is filled with what a new tenant has. */
export async function startAuth0Tenant(options: Auth0TenantOptions): Promise<Auth0Tenant> {
  const { file, port, pagesPort, tls, clock = systemClock } = options;
  const store = new Store(file);
  const context: Auth0Context = { store, db: openCollections(store), clock };
  if (!store.born) {
    const [current, next] = await Promise.all([makeKeyMaterial(), makeKeyMaterial()]);
    store.bear(() => {
      populate(context, makeIdentity(), { current, next });
    });
  }
  const tenant = await startTenant({
    ...options,
    twin: "auth0",
    store,
    routes: auth0Routes,
    vendor,
    context,
    clock,
    port,
    tls,
    plainHttp: pagesPort === undefined ? undefined : { port: pagesPort, routes: pageRoutes },
  });
  const { management } = identityOf(context.db);
  const { port: actualPort, plainOrigin } = tenant;
  return { ...tenant, domain: `localhost:${String(actualPort)}`, pagesOrigin: plainOrigin, management };
}
