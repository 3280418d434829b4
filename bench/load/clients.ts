/** Clients of one tenant's API: many that write and read back, and one that reads a large page. */
import { createHistogram } from "node:perf_hooks";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { tenantClient, type TenantClient, type VendorName } from "@ai-api-access/testing/tenant-http.ts";
import { z } from "zod";
import type { Throughput } from "../verifier/load.ts";

/** Something that is made, changed, listed and taken away. */
interface Kind {
  readonly path: string;
  readonly body: (name: string) => object;
  readonly change: "PATCH" | "PUT";
  readonly list: string;
  /** What has to be done before it may be deleted: a path below its own. */
  readonly end?: string;
}

const serviceApp = (label: string) => ({
  label,
  name: "oidc_client",
  signOnMode: "OPENID_CONNECT",
  credentials: { oauthClient: { token_endpoint_auth_method: "client_secret_post" } },
  settings: {
    oauthClient: {
      application_type: "service",
      grant_types: ["client_credentials"],
      response_types: ["token"],
    },
  },
});

const KINDS: Readonly<Record<VendorName, readonly Kind[]>> = {
  auth0: [
    { path: "/organizations", body: (name) => ({ name }), change: "PATCH", list: "?take=50" },
    {
      path: "/clients",
      body: (name) => ({ name, app_type: "non_interactive", grant_types: ["client_credentials"] }),
      change: "PATCH",
      list: "?page=0&per_page=50",
    },
  ],
  okta: [
    { path: "/groups", body: (name) => ({ profile: { name } }), change: "PUT", list: "?limit=50" },
    { path: "/apps", body: serviceApp, change: "PUT", list: "?limit=50", end: "/lifecycle/deactivate" },
  ],
};

/** So many clients, each on a connection of its own and without pause, after a warm-up. */
export async function mixedLoad(
  vendor: VendorName,
  access: TenantAccess,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<Throughput> {
  let latencies = new Latencies();
  const client = tenantClient(vendor, access, {
    connections: clients,
    onAnswer: (milliseconds) => {
      latencies.add(milliseconds);
    },
  });
  const names = Array.from({ length: clients }, (_, index) => `load-${String(index)}`);
  let errors = 0;
  const turns = async (name: string, end: number): Promise<void> => {
    do for (const kind of KINDS[vendor]) errors += await life(client, kind, name);
    while (performance.now() < end);
  };
  try {
    await Promise.all(names.map((name) => turns(name, 0)));
    latencies = new Latencies();
    const end = performance.now() + seconds * 1000;
    await Promise.all(names.map((name) => turns(name, end)));
    return latencies.throughput(errors);
  } finally {
    await client.close();
  }
}

const madeSchema = z.object({ id: z.string().optional(), client_id: z.string().optional() });

/** One thing from its creation to its end. @returns the answers that were not what they had to be */
async function life(
  client: TenantClient,
  { path, body, change, list, end }: Kind,
  name: string,
): Promise<number> {
  let errors = 0;
  const send = async (method: string, below: string, sent?: object, shows = ""): Promise<unknown> => {
    const { status, body: answer } = await client.send(method, path + below, sent);
    if (status >= 300 || !JSON.stringify([answer]).includes(shows)) errors += 1;
    return answer;
  };
  const made = madeSchema.parse(await send("POST", "", body(name)));
  const one = `/${made.client_id ?? made.id ?? ""}`;
  await send("GET", one, undefined, `"${name}"`);
  await send(change, one, body(`${name}-later`));
  await send("GET", one, undefined, `"${name}-later"`);
  await send("GET", list);
  if (end !== undefined) await send("POST", one + end);
  await send("DELETE", one);
  if ((await client.send("GET", path + one)).status !== 404) errors += 1;
  return errors;
}

/** The largest page that Okta gives. */
export const PAGE = 200;

/** Reads a page of so many Okta applications, again and again, one after the other. */
export async function pageLoad(access: TenantAccess, requests: number): Promise<Throughput> {
  const client = tenantClient("okta", access, { connections: 1 });
  try {
    for (let app = 0; app < PAGE; app++) {
      await client.send("POST", "/apps", serviceApp(`page-${String(app)}`));
    }
    const path = `/apps?limit=${String(PAGE)}`;
    for (let warmUp = 0; warmUp < PAGE; warmUp++) await client.time(path);
    const latencies = new Latencies();
    let errors = 0;
    for (let request = 0; request < requests; request++) {
      const { status, milliseconds } = await client.time(path);
      latencies.add(milliseconds);
      if (status !== 200) errors += 1;
    }
    return latencies.throughput(errors);
  } finally {
    await client.close();
  }
}

/** How long answers took since it was made. */
class Latencies {
  readonly #histogram = createHistogram({ figures: 3 });
  readonly #began = performance.now();

  add(milliseconds: number): void {
    this.#histogram.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  throughput(errors: number): Throughput {
    const { count } = this.#histogram;
    return {
      rate: (count * 1000) / (performance.now() - this.#began),
      p50: this.#histogram.percentile(50) / 1000,
      p99: this.#histogram.percentile(99) / 1000,
      errors,
    };
  }
}
