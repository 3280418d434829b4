import type { FastifyInstance } from "fastify";
import { addAdminRoutes } from "./admin.ts";
import { urlSafe } from "./ids.ts";
import { Faults } from "./modes/faults.ts";
import type { FaultRule } from "./modes/faults.ts";
import { Lag } from "./modes/lag.ts";
import type { LagSetting } from "./modes/lag.ts";
import { RateLimits } from "./modes/limits.ts";
import type { LimitSetting } from "./modes/limits.ts";
import { RequestLog } from "./request-log.ts";
import type { LoggedRequest } from "./request-log.ts";
import type { Route } from "./routes.ts";
import { createTenantServer } from "./server.ts";
import type { Tls, Vendor } from "./server.ts";
import type { Store, TenantSnapshot } from "./store.ts";
import { codeOf } from "./thrown.ts";
import type { Clock } from "./times.ts";

/** A tenant that answers requests. */
export interface RunningTenant {
  /** `https://localhost:4443` or `http://localhost:4480`; no trailing slash. */
  readonly origin: string;
  readonly port: number;
  /** Where it answers over plain HTTP besides: `http://localhost:4444`. */
  readonly plainOrigin: string | undefined;
  /** What the endpoints below `/_twin` want as a bearer token. */
  readonly adminToken: string;
  /** The last 10,000 requests, oldest first, secrets masked. */
  requests(): readonly LoggedRequest[];
  clearRequests(): void;
  /** Everything stored, as plain JSON; secrets and keys included. */
  snapshot(): TenantSnapshot;
  restore(snapshot: TenantSnapshot): void;
  /** Back to how it was born, ids and credentials included. */
  reset(): void;
  /** The rules by which requests go wrong; none at first. */
  readonly faults: Pick<Faults, "add" | "clear" | "list">;
  /** How many requests it takes; as many as come at first. */
  readonly limits: Pick<RateLimits, "get" | "set">;
  /** By how much reads lag behind where the vendor documents that they may; not at all at first. */
  readonly lag: Pick<Lag, "get" | "set">;
  /** Stops answering and closes the file. */
  close(): Promise<void>;
}

/** How a tenant may be started, whatever its vendor. */
export interface StartOptions {
  /** For the endpoints below `/_twin`; a new one by default. */
  readonly adminToken?: string | undefined;
  /** Rules by which requests go wrong from the start. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** How many requests it takes from the start; as many as come by default. */
  readonly limits?: LimitSetting | undefined;
  /** By how much reads lag behind where the vendor documents that they may; not at all by default. */
  readonly lag?: LagSetting | undefined;
}

/** What a vendor brings to have a tenant. */
export interface TenantParts<C> extends StartOptions {
  /** Its name in `GET /_twin`: `auth0`, `okta`. */
  readonly twin: string;
  /** Open, with all collections, and born. The tenant closes it. */
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
   * What a tenant with TLS serves over plain HTTP as well: pages for people, whose browsers do not trust its
   * certificate. `origin` stays the one with TLS there too, so links and issuers are the same.
   */
  readonly plainHttp?: { readonly port: number; readonly routes: readonly Route<C>[] } | undefined;
}

/** Starts a tenant on 127.0.0.1. Rejects when the port is taken, with a message that says what to do. */
export async function startTenant<C>(parts: TenantParts<C>): Promise<RunningTenant> {
  const { store, clock, tls, adminToken = urlSafe(43) } = parts;
  const log = new RequestLog(clock);
  const faults = new Faults();
  for (const rule of parts.faults ?? []) faults.add(rule);
  const limits = new RateLimits(parts.vendor.limits, clock);
  if (parts.limits !== undefined) limits.set(parts.limits);
  const lag = new Lag(store, parts.vendor.lagging, clock);
  if (parts.lag !== undefined) lag.set(parts.lag);
  let origin = "";
  const server = createTenantServer({ ...parts, tls, log, faults, limits, lag, origin: () => origin });
  addAdminRoutes(server, { twin: parts.twin, adminToken, store, log, faults, limits, lag });
  const { plainHttp } = parts;
  const plain =
    plainHttp &&
    createTenantServer({
      ...parts,
      routes: plainHttp.routes,
      tls: undefined,
      log,
      faults,
      limits,
      lag,
      origin: () => origin,
    });
  const close = async (): Promise<void> => {
    await Promise.all([server.close(), plain?.close()]);
    store.close();
  };

  const port = await listen(server, parts.port ?? 0);
  origin = `${tls === undefined ? "http" : "https"}://localhost:${String(port)}`;
  const plainPort = plain && (await listen(plain, plainHttp.port));

  async function listen(listener: FastifyInstance, wanted: number): Promise<number> {
    try {
      await listener.listen({ host: "127.0.0.1", port: wanted });
    } catch (error) {
      await close();
      if (codeOf(error) === "EADDRINUSE") {
        const taken = new Error(
          `Port ${String(wanted)} is taken, so the local ${parts.twin} tenant cannot start there. ` +
            "Stop what listens on it, or choose another port.",
          { cause: error },
        );
        throw Object.assign(taken, { code: "EADDRINUSE" });
      }
      throw error;
    }
    const address = listener.server.address();
    if (address === null || typeof address === "string") throw new Error("The local tenant has no port.");
    return address.port;
  }

  return {
    origin,
    port,
    plainOrigin: plainPort === undefined ? undefined : `http://localhost:${String(plainPort)}`,
    adminToken,
    requests: () => log.list(),
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
    faults,
    limits,
    lag,
    close,
  };
}
