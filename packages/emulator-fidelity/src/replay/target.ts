/** The local tenants as the replayer uses them: a fresh one for every recording, and a client to each. */
import { readFileSync } from "node:fs";
import { Pool } from "undici";
import { localCertificate } from "@ai-api-access/emulator-core/machine/certificates.ts";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import { startOktaTenant } from "@ai-api-access/emulator-okta";
import type { Auth0TenantOptions } from "@ai-api-access/emulator-auth0";
import type { RunningTenant, TenantSnapshot } from "@ai-api-access/emulator-core";
import type { VendorName } from "./recordings/recording.ts";

/** A request to a local tenant. */
interface Sent {
  readonly method: string;
  /** Path and query, sent as they are. */
  readonly path: string;
  /** An empty text is no body. */
  readonly body: string;
  readonly contentType?: string | undefined;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
}

/** What a tenant holds: documents by collection. */
export type Collections = TenantSnapshot["collections"];

/** A local tenant that recordings are replayed against. */
export interface Target {
  readonly vendor: VendorName;
  readonly origin: string;
  /** Sends a request with the local API token. */
  send(request: Sent): Promise<Answer>;
  /** Back to the seed, at this time. The tenant's clock stands still until it is set again. */
  begin(time: number): void;
  setTime(time: number): void;
  /** Changes what the tenant holds without its rules: restores its snapshot with the changes. */
  edit(change: (collections: Collections) => Collections): void;
  /** Has a document found at an address elsewhere, until the next beginning. */
  serve(address: string, document: unknown): void;
  close(): Promise<void>;
}

type Fetch = NonNullable<Auth0TenantOptions["fetch"]>;

/** A tenant of each vendor, started when it is first asked for. */
export class Targets {
  readonly #started = new Map<VendorName, Target>();

  async of(vendor: VendorName): Promise<Target> {
    const target = this.#started.get(vendor) ?? (await startTarget(vendor));
    this.#started.set(vendor, target);
    return target;
  }

  async close(): Promise<void> {
    for (const target of this.#started.values()) await target.close();
    this.#started.clear();
  }
}

/** Starts a tenant in memory on a free port. */
async function startTarget(vendor: VendorName): Promise<Target> {
  // What a tenant has from the start is older than any recording.
  let time = Date.parse("2015-01-01T00:00:00Z");
  const clock = () => time;
  const served = new Map<string, unknown>();
  const fetchServed: Fetch = (address) =>
    Promise.resolve(served.has(address) ? Response.json(served.get(address)) : Response.error());
  const { tenant, authorization, ca } = await start(vendor, clock, fetchServed);
  const pool = new Pool(tenant.origin, { connections: 1, ...(ca === undefined ? {} : { connect: { ca } }) });
  return {
    vendor,
    origin: tenant.origin,
    async send({ method, path, body, contentType }) {
      const answer = await pool.request({
        method,
        path,
        headers: {
          authorization,
          ...(body === "" ? {} : { "content-type": contentType ?? "application/json" }),
        },
        ...(body === "" ? {} : { body }),
      });
      return {
        status: answer.statusCode,
        body: await answer.body.text(),
        headers: Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, [value ?? []].flat()]),
        ),
      };
    },
    begin(now) {
      tenant.reset();
      served.clear();
      time = now;
    },
    setTime(now) {
      time = now;
    },
    edit(change) {
      const snapshot = tenant.snapshot();
      tenant.restore({ ...snapshot, collections: change(snapshot.collections) });
    },
    serve(address, document) {
      served.set(address, document);
    },
    async close() {
      await pool.close();
      await tenant.close();
    },
  };
}

interface Started {
  readonly tenant: RunningTenant;
  readonly authorization: string;
  readonly ca?: string;
}

async function start(vendor: VendorName, clock: () => number, fetchServed: Fetch): Promise<Started> {
  if (vendor === "okta") {
    const tenant = await startOktaTenant({ file: ":memory:", clock });
    return { tenant, authorization: `SSWS ${tenant.apiToken}` };
  }
  const { key, cert, caFile } = await localCertificate();
  const tenant = await startAuth0Tenant({ file: ":memory:", clock, tls: { key, cert }, fetch: fetchServed });
  const authorization = `Bearer ${tenant.management.apiToken}`;
  return { tenant, authorization, ca: readFileSync(caFile, "utf8") };
}
