import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHistogram, performance, type RecordableHistogram } from "node:perf_hooks";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import type { Bench } from "../kit/bench.ts";
import { timesOf } from "../kit/measure.ts";
import { seconds } from "../kit/report.ts";
import { tenantClient, VENDOR_TITLES } from "../load/client.ts";
import { ServedProcess } from "../load/served.ts";
import { APPS, fill, MEMBERS, USERS, type Filled } from "../size/fill.ts";
import { pagesOf, type Pages } from "../size/pages.ts";

const AIM_START_SECONDS = 2;
const AIM_PAGE_MS = 20;
/** Requests for each kind of page, after a few that are not counted. */
const REQUESTS = 300;
const WARM_UP = 20;

interface Measured extends Pages {
  readonly latencies: RecordableHistogram;
}

export const size: Bench = {
  name: "size",
  description: `a tenant with ${figure(USERS)} users: its start and its pages`,
  async run({ runs, say }) {
    const folder = mkdtempSync(join(tmpdir(), "ai-api-access-size-"));
    try {
      const filled = await fill(folder, say);
      say(`size: ${String(runs)} starts`);
      const starts: number[] = [];
      for (let run = 0; run < runs; run++) starts.push(await timedStart(folder));
      const { median, fastest, slowest } = timesOf(starts);
      const measured = await measurePages(folder, filled, say);
      const megabytes = (statSync(join(folder, "auth0.sqlite")).size / 1e6).toFixed(0);
      return {
        title: "Size",
        how: [
          `An Auth0 tenant with ${figure(USERS)} users, ${figure(MEMBERS)} members with a role in one organization and ${figure(APPS)} clients (a file of ${megabytes} MB), and an Okta org with ${figure(APPS)} apps.`,
          `Start: the process that serves both, from its start to its first answer from each; median of ${String(runs)}.`,
        ],
        columns: ["", "wall time", "fastest", "slowest", "aim"],
        rows: [["start", ...[median, fastest, slowest].map(seconds), aim(slowest, AIM_START_SECONDS, "s")]],
        more: [
          {
            title: "Pages",
            how: [
              `One client, one request at a time, ${String(REQUESTS)} of each kind through the pages of the list in turn, each until its last byte is there.`,
            ],
            columns: ["", "pages", "p50", "p99", "slowest", "aim (p99)"],
            rows: measured.map(({ vendor, title, paths, latencies }) => {
              const [p50, p99, worst] = [latencies.percentile(50), latencies.percentile(99), latencies.max];
              return [
                `${VENDOR_TITLES[vendor]}: ${title}`,
                String(paths.length),
                ...[p50, p99, worst].map((micros) => `${(micros / 1000).toFixed(1)} ms`),
                aim(p99 / 1000, AIM_PAGE_MS, "ms"),
              ];
            }),
          },
        ],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function figure(number: number): string {
  return number.toLocaleString("en-US");
}

function aim(value: number, most: number, unit: string): string {
  return `≤ ${String(most)} ${unit}${value <= most ? "" : ", missed"}`;
}

/** Seconds from the start of the process to the first answers. */
async function timedStart(folder: string): Promise<number> {
  const started = performance.now();
  const served = new ServedProcess(folder);
  try {
    const access = await served.ready();
    await withClients(access, async ({ auth0, okta }) => {
      await Promise.all([auth0.send("GET", "/users?per_page=1"), okta.send("GET", "/apps?limit=1")]);
    });
    return (performance.now() - started) / 1000;
  } finally {
    await served.close();
  }
}

async function measurePages(
  folder: string,
  filled: Filled,
  say: (line: string) => void,
): Promise<Measured[]> {
  const served = new ServedProcess(folder);
  try {
    return await withClients(await served.ready(), async (clients) => {
      const measured: Measured[] = [];
      for (const pages of await pagesOf(filled, clients)) {
        say(`size: ${pages.title}`);
        const latencies = createHistogram({ figures: 3 });
        for (let request = -WARM_UP; request < REQUESTS; request++) {
          const path = pages.paths.at(request % pages.paths.length) ?? "";
          const { status, milliseconds } = await clients[pages.vendor].time(path);
          if (request >= 0) latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
          if (status !== 200) throw new Error(`GET ${path}: ${String(status)}`);
        }
        measured.push({ ...pages, latencies });
      }
      return measured;
    });
  } finally {
    await served.close();
  }
}

type Clients = Parameters<typeof pagesOf>[1];

async function withClients<T>(access: TenantAccess, work: (clients: Clients) => Promise<T>): Promise<T> {
  const auth0 = tenantClient("auth0", access, { connections: 1 });
  const okta = tenantClient("okta", access, { connections: 1 });
  try {
    return await work({ auth0, okta });
  } finally {
    await Promise.all([auth0.close(), okta.close()]);
  }
}
