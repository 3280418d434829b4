import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../kit/bench.ts";
import { VENDORS, VENDOR_TITLES } from "../load/client.ts";
import { mixedLoad, type Mixed } from "../load/mixed.ts";
import { ServedProcess, type Memory } from "../load/served.ts";
import { sideBySide, type Pair } from "../load/side-by-side.ts";

const CLIENTS = 100;
const PARTS = 4;
const SECONDS = 60;
const OTHER = "oauth2-mock-server";

const DEEDS = {
  token: "a token for client credentials",
  keys: "the keys (JWKS)",
  discovery: "discovery",
} as const;

export const load: Bench = {
  name: "load",
  description: `${String(CLIENTS)} clients at once for a minute, and beside another emulator`,
  async run({ say }) {
    const loads: (readonly [title: string, mixed: Mixed])[] = [];
    const pairs: Pair[] = [];
    for (const vendor of VENDORS) {
      const folder = mkdtempSync(join(tmpdir(), "ai-api-access-load-"));
      const served = new ServedProcess(folder);
      try {
        const access = await served.ready();
        say(`load: a minute of ${String(CLIENTS)} clients at the ${VENDOR_TITLES[vendor]}`);
        const secondsEach = SECONDS / PARTS;
        const mixed = await mixedLoad({
          vendor,
          access,
          served,
          clients: CLIENTS,
          parts: PARTS,
          secondsEach,
        });
        for (const problem of [...mixed.errors, ...mixed.findings.map(({ what }) => what)]) {
          say(`load: ${problem}`);
        }
        loads.push([VENDOR_TITLES[vendor], mixed]);
        say(`load: the ${VENDOR_TITLES[vendor]} beside ${OTHER}`);
        pairs.push(...(await sideBySide(vendor, access, CLIENTS)));
      } finally {
        await served.close();
        rmSync(folder, { recursive: true, force: true });
      }
    }
    return {
      title: "Load",
      how: [
        `${String(CLIENTS)} clients at once on one tenant for ${String(SECONDS)} s, each on a connection of its own and without pause: they create, change, link and delete things of their own, and read after every write whether it shows, whole.`,
        "The tenant is one process with its file on disk, the clients are another; both share the machine.",
      ],
      columns: [
        "",
        "requests",
        "of them writes",
        "a second",
        "p50",
        "p99",
        "slowest",
        "errors",
        "lost or torn",
      ],
      rows: loads.map(([title, mixed]) => [
        title,
        String(mixed.requests),
        String(mixed.writes),
        mixed.rate.toFixed(0),
        ...[mixed.p50, mixed.p99, mixed.slowest].map(milliseconds),
        String(mixed.errors.length),
        String(mixed.findings.length),
      ]),
      more: [
        {
          title: "Memory",
          how: [
            `The process that serves, before the load and after each ${String(SECONDS / PARTS)} s of it: what JavaScript holds after a garbage collection, and what the system has given (RSS).`,
            "The last 10,000 to 20,000 requests are kept in memory, so it grows until there have been so many.",
          ],
          columns: ["", "", "before", ...Array.from({ length: PARTS }, (_, part) => afterPart(part))],
          rows: loads.flatMap(([title, { memory }]) => [
            [title, "held", ...memory.map(({ heapUsed }) => mebibytes(heapUsed))],
            [title, "RSS", ...memory.map(({ rss }: Memory) => mebibytes(rss))],
          ]),
        },
        {
          title: `Beside ${OTHER}`,
          how: [
            `The same client (autocannon, ${String(CLIENTS)} connections) asks each in turn; both over TLS beside the Auth0 tenant and without beside the Okta org, both signing with RS256.`,
            `The tenants look the client up, check its secret, its grant and what it may have, and log the request; ${OTHER} gives a token to whoever asks, and keeps everything in memory.`,
          ],
          columns: ["", "a second", "p50", "p99", `${OTHER}: a second`, "p50", "p99", "ratio", "errors"],
          rows: pairs.map(({ vendor, deed, tenant, other }) => [
            `${VENDOR_TITLES[vendor]}: ${DEEDS[deed]}`,
            tenant.rate.toFixed(0),
            milliseconds(tenant.p50),
            milliseconds(tenant.p99),
            other.rate.toFixed(0),
            milliseconds(other.p50),
            milliseconds(other.p99),
            (tenant.rate / other.rate).toFixed(2),
            `${String(tenant.errors)} / ${String(other.errors)}`,
          ]),
        },
      ],
    };
  },
};

function afterPart(part: number): string {
  return `after ${String(((part + 1) * SECONDS) / PARTS)} s`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(0)} MB`;
}
