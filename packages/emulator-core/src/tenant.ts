import type { FastifyInstance } from "fastify";
import { addAdminRoutes } from "./http/admin.ts";
import { exposureWarning, isLoopback, listen } from "./http/listen.ts";
import type { ListenOptions, Tls } from "./http/listen.ts";
import { RequestLog } from "./http/request-log.ts";
import type { LogFilter, LoggedRequest } from "./http/request-log.ts";
import type { Route } from "./http/routes.ts";
import { createTenantServer } from "./http/server.ts";
import type { Vendor } from "./http/server.ts";
import { urlSafe } from "./ids.ts";
import { openModes } from "./modes/index.ts";
import type { ModeOptions, Modes } from "./modes/index.ts";
import type { Store, TenantSnapshot } from "./store/store.ts";
import type { Clock } from "./times.ts";

/** A tenant that answers requests. */
export interface RunningTenant {
  /** `https://localhost:4443` or `http://localhost:4480`; no trailing slash. */
  readonly origin: string;
  readonly port: number;
  /** Where it also answers over plain HTTP: `http://localhost:4444`. */
  readonly plainOrigin: string | undefined;
  /** Where a tenant without TLS also answers with it: `https://localhost:4481`. */
  readonly tlsOrigin: string | undefined;
  /** The bearer token of the endpoints below `/_twin`. */
  readonly adminToken: string;
  /** The last 10,000 requests (fewer when they are long) or those that match; oldest first, secrets masked. */
  requests(filter?: LogFilter): readonly LoggedRequest[];
  clearRequests(): void;
  /** Everything stored, as plain JSON; secrets and keys included. */
  snapshot(): TenantSnapshot;
  restore(snapshot: TenantSnapshot): void;
  /** Back to the seed, ids and credentials included. */
  reset(): void;
  /** The rules by which requests go wrong; none at first. */
  readonly faults: Pick<Modes["faults"], "add" | "clear" | "list">;
  /** How many requests it accepts; all of them at first. */
  readonly limits: Pick<Modes["limits"], "get" | "set">;
  /** How far reads lag behind where the vendor documents that they may; not at all at first. */
  readonly lag: Pick<Modes["lag"], "get" | "set">;
  /** Stops answering and closes the file. */
  close(): Promise<void>;
}

/** How a tenant may be started, whatever its vendor. */
export interface StartOptions extends ModeOptions {
  /** For the endpoints below `/_twin`; a new one by default. */
  readonly adminToken?: string | undefined;
  /**
   * An address to listen on in addition to 127.0.0.1 (`0.0.0.0` and `::` for all), for containers and other machines.
   * A warning on standard error says what that means.
   */
  readonly host?: string | undefined;
  /** The name by which clients reach it, in addresses, links and issuers: `localhost` by default. */
  readonly name?: string | undefined;
  /** Milliseconds within which a request has to arrive whole: 30 seconds by default. */
  readonly requestTimeout?: number | undefined;
  /** Path of a seed file, which a new tenant is filled with; one that was there before does not read it. */
  readonly seed?: string | undefined;
}

/** What a vendor brings to have a tenant. */
interface TenantParts<C> extends StartOptions {
  /** Its name in `GET /_twin`: `auth0`, `okta`. */
  readonly twin: string;
  /** Open, with all collections, and seeded. The tenant closes it. */
  readonly store: Store;
  readonly routes: readonly Route<C>[];
  readonly vendor: Vendor<C>;
  readonly context: C;
  readonly clock: Clock;
  /** 0 or nothing for any free port. */
  readonly port?: number | undefined;
  /** Plain HTTP without it. */
  readonly tls?: Tls | undefined;
  /**
   * What a tenant with TLS also serves over plain HTTP: pages for people, whose browsers do not trust its certificate.
   * `origin` stays the one with TLS there too, so links and issuers are the same.
   */
  readonly plainHttp?: { readonly port: number; readonly routes: readonly Route<C>[] } | undefined;
  /** What a tenant without TLS serves with it as well: everything, and `origin` is the one that was asked. */
  readonly withTls?: { readonly port: number; readonly tls: Tls } | undefined;
}

/** Starts a tenant, on 127.0.0.1 alone unless a host is given. Rejects as {@link listen} does. */
export async function startTenant<C>(parts: TenantParts<C>): Promise<RunningTenant> {
  const { twin, store, clock, tls, host, name = "localhost", requestTimeout, plainHttp, withTls } = parts;
  const { adminToken = urlSafe(43) } = parts;
  const log = new RequestLog(clock);
  const modes = openModes(parts);
  let origin = "";
  let tlsOrigin: string | undefined;
  const common = { ...parts, modes, log, origin: () => origin };
  const server = createTenantServer({ ...common, tls });
  addAdminRoutes(server, { twin, adminToken, store, log, modes });
  // The plain pages stay on loopback: what people type into them must not cross a network unencrypted.
  const plain =
    plainHttp && createTenantServer({ ...common, routes: plainHttp.routes, tls: undefined, host: undefined });
  const secure =
    withTls && createTenantServer({ ...common, tls: withTls.tls, origin: () => tlsOrigin ?? origin });
  if (secure) addAdminRoutes(secure, { twin, adminToken, store, log, modes });
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), plain?.close(), secure?.close()]);
    store.close();
  };
  const what = `${twin} tenant`;
  const open = async (listener: FastifyInstance, options: Omit<ListenOptions, "what">): Promise<number> => {
    try {
      return await listen(listener, { ...options, what });
    } catch (error) {
      await close();
      throw error;
    }
  };

  const port = await open(server, { host, port: parts.port ?? 0, tls, requestTimeout });
  if (host !== undefined && !isLoopback(host)) console.error(exposureWarning(what, host, port));
  origin = `${tls === undefined ? "http" : "https"}://${name}:${String(port)}`;
  const plainPort = plain && (await open(plain, { port: plainHttp.port }));
  if (secure) {
    const tlsPort = await open(secure, { host, port: withTls.port, tls: withTls.tls, requestTimeout });
    tlsOrigin = `https://${name}:${String(tlsPort)}`;
  }

  return {
    ...modes,
    origin,
    port,
    plainOrigin: plainPort === undefined ? undefined : `http://localhost:${String(plainPort)}`,
    tlsOrigin,
    adminToken,
    requests: (filter) => log.list(filter),
    clearRequests: () => {
      log.clear();
    },
    snapshot: () => store.snapshot(),
    restore: (snapshot) => {
      store.restore(snapshot);
    },
    reset: () => {
      store.reset();
    },
    close,
  };
}
