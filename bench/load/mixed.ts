/** Many writers at once on one tenant, each reading back what it wrote; the tenant's memory in between. */
import { createHistogram } from "node:perf_hooks";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";
import { tenantClient, type VendorName } from "./client.ts";
import { CYCLES } from "./cycles.ts";
import type { Memory, ServedProcess } from "./served.ts";
import { Writer, type Finding } from "./writer.ts";

export interface MixedOptions {
  readonly vendor: VendorName;
  readonly access: TenantAccess;
  readonly served: ServedProcess;
  readonly clients: number;
  /** The load comes in so many parts; between them memory is measured. */
  readonly parts: number;
  readonly secondsEach: number;
}

export interface Mixed {
  readonly requests: number;
  readonly writes: number;
  /** Requests a second under load. */
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly slowest: number;
  /** Writers that an error stopped. */
  readonly errors: readonly string[];
  /** Acknowledged writes that did not show, whole, in the next read. */
  readonly findings: readonly Finding[];
  /** Before the load and after each part. */
  readonly memory: readonly Memory[];
}

export async function mixedLoad(options: MixedOptions): Promise<Mixed> {
  const { vendor, access, served, clients, parts, secondsEach } = options;
  const latencies = createHistogram({ figures: 3 });
  const client = tenantClient(vendor, access, {
    connections: clients,
    onAnswer: (milliseconds) => {
      latencies.record(Math.max(1, Math.round(milliseconds * 1000)));
    },
  });
  const writers = Array.from({ length: clients }, (_, index) => {
    return new Writer({ name: `c${String(index).padStart(3, "0")}`, cycles: CYCLES[vendor] });
  });
  const errors: string[] = [];
  const findings: Finding[] = [];
  // Every connection is there before the clock starts.
  await Promise.all(writers.map(() => client.send("GET", { auth0: "/roles", okta: "/apps" }[vendor])));
  latencies.reset();
  const memory = [await served.memory()];
  let seconds = 0;
  try {
    for (let part = 0; part < parts; part++) {
      const began = Date.now();
      const goesOn = (): boolean => Date.now() - began < secondsEach * 1000;
      const found = await Promise.allSettled(writers.map((writer) => writer.writeAndRead(client, goesOn)));
      seconds += (Date.now() - began) / 1000;
      for (const each of found) {
        if (each.status === "fulfilled") findings.push(...each.value);
        else errors.push(String(each.reason));
      }
      memory.push(await served.memory());
    }
  } finally {
    await client.close();
  }
  return {
    requests: latencies.count,
    writes: writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    rate: latencies.count / seconds,
    p50: latencies.percentile(50) / 1000,
    p99: latencies.percentile(99) / 1000,
    slowest: latencies.max / 1000,
    errors,
    findings,
    memory,
  };
}
