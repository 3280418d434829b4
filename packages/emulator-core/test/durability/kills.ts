/** Kills the tenants again and again while writers write, and compares them with what they acknowledged. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { randomFrom } from "@ai-api-access/testing/random.ts";
import { VENDORS } from "@ai-api-access/testing/tenant-http.ts";
import { ServedProcess } from "./served.ts";
import { TenantWriters, type Durability } from "./tenant-writers.ts";

export interface KillOptions {
  readonly kills: number;
  /** Decides the moments of the kills. */
  readonly seed: number;
  /** Writers at once for each tenant. */
  readonly writers: number;
  /** Told after every kill. */
  readonly onKill?: (kill: number) => void;
}

export interface Killed {
  readonly tenants: readonly Durability[];
  /** Kills that came before the tenants were ready again. */
  readonly whileStarting: number;
}

/** One kill in so many comes while the tenants start. */
const STARTING = 8;
/** The latest moment of a kill after the start of the process, or after the first write, in milliseconds. */
const LATEST_MS = 600;

export async function killWhileWriting({ kills, seed, writers, onKill }: KillOptions): Promise<Killed> {
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-durability-"));
  const random = randomFrom(seed);
  const tenants = VENDORS.map((vendor) => new TenantWriters(vendor, writers));
  let whileStarting = 0;
  try {
    for (let kill = 1; kill <= kills; kill++) {
      const moment = random() * LATEST_MS;
      if (random() < 1 / STARTING && kill > 1) {
        const victim = new ServedProcess(folder);
        await sleep(moment);
        await victim.kill();
        whileStarting += 1;
      } else {
        await killInTheMiddle(folder, tenants, moment);
      }
      onKill?.(kill);
    }
    await inService(folder, async (access) => {
      for (const tenant of tenants) await tenant.checkAll(access);
    });
    return { tenants: tenants.map((tenant) => tenant.outcome(folder)), whileStarting };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts the tenants, checks what the last kill left, writes, kills. */
async function killInTheMiddle(
  folder: string,
  tenants: readonly TenantWriters[],
  moment: number,
): Promise<void> {
  await inService(folder, async (access, served) => {
    await Promise.all(tenants.map((tenant) => tenant.begin(access)));
    const writing = Promise.all(tenants.map((tenant) => tenant.write()));
    await Promise.race([sleep(moment), writing]);
    const killed = served.kill();
    for (const tenant of tenants) tenant.end();
    await killed;
    await writing;
  });
}

async function inService(
  folder: string,
  work: (access: TenantAccess, served: ServedProcess) => Promise<void>,
): Promise<void> {
  const served = new ServedProcess(folder);
  try {
    await work(await served.ready(), served);
  } finally {
    await served.close();
  }
}
