import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tenantAccessSchema, type TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { VENDORS, type VendorName } from "@ai-api-access/testing/tenant-http.ts";
import type { Bench } from "../kit/bench.ts";
import { serve } from "../kit/served.ts";
import { mixedLoad, PAGE, pageLoad } from "../load/clients.ts";
import { requestsTo } from "../load/requests.ts";
import { measureLoad, type Throughput } from "../verifier/load.ts";

const CLIENTS = 32;
const SECONDS = 15;
const SECONDS_EACH = 5;
const PAGES = 1000;

const TITLES: Readonly<Record<VendorName, string>> = { auth0: "Auth0 tenant", okta: "Okta org" };

export const load: Bench = {
  name: "load",
  description: `${String(CLIENTS)} clients at once on each local tenant, and a page of ${String(PAGE)} Okta apps`,
  async run({ say }) {
    const rows: string[][] = [];
    for (const vendor of VENDORS) {
      const folder = mkdtempSync(join(tmpdir(), "ai-api-access-load-"));
      const server = await serve(join(import.meta.dirname, "../load/tenant-server.ts"), { folder });
      try {
        const access = tenantAccessSchema.parse(server.said);
        for await (const [what, found] of measured(vendor, access)) {
          const title = `${TITLES[vendor]}: ${what}`;
          say(`load: ${title}: ${found.rate.toFixed(0)}/s`);
          const times = [found.p50, found.p99].map((value) => `${value.toFixed(1)} ms`);
          rows.push([title, found.rate.toFixed(0), ...times, String(found.errors)]);
        }
      } finally {
        await server.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return {
      title: "Load on the local tenants",
      how: [
        "Each tenant is a process with its file on disk and rate limits off, its clients are another; both share the machine.",
        `Mixed: ${String(CLIENTS)} clients, each on a connection of its own and without pause, for ${String(SECONDS)} s. They create, read, change, read, list and delete organizations and clients (Auth0), groups and apps (Okta); an answer that does not show what was written is an error.`,
        `Tokens, keys and discovery: autocannon, ${String(CLIENTS)} connections, ${String(SECONDS_EACH)} s each; its times are whole milliseconds. The page: ${String(PAGES)} requests by one client, one after the other.`,
        "Over TLS at the Auth0 tenant, without at the Okta org.",
      ],
      columns: ["", "requests a second", "p50", "p99", "errors"],
      rows,
    };
  },
};

async function* measured(
  vendor: VendorName,
  access: TenantAccess,
): AsyncGenerator<readonly [what: string, found: Throughput]> {
  yield ["mixed", await mixedLoad(vendor, access, { clients: CLIENTS, seconds: SECONDS })];
  const { token, keys, discovery } = requestsTo(vendor, access);
  yield ["a token for client credentials", await measureLoad(token, CLIENTS, SECONDS_EACH)];
  yield ["keys (JWKS)", await measureLoad(keys, CLIENTS, SECONDS_EACH)];
  yield ["discovery", await measureLoad(discovery, CLIENTS, SECONDS_EACH)];
  if (vendor === "okta") yield [`a page of ${String(PAGE)} apps`, await pageLoad(access, PAGES)];
}
