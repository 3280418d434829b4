/** How long the roster plugin takes until the engine can speak with it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { median } from "../kit/measure.ts";

const SUFFIX = process.platform === "win32" ? ".cmd" : "";

/** Milliseconds from the start of the process until it says its port, the median of so many starts after one more. */
export async function measurePluginStart(runs: number): Promise<number> {
  await startOnce();
  const took: number[] = [];
  for (let run = 0; run < runs; run++) took.push(await startOnce());
  return median(took);
}

async function startOnce(): Promise<number> {
  const began = performance.now();
  const plugin = spawn(
    join(repositoryRoot, "packages", "roster", `pulumi-resource-roster${SUFFIX}`),
    ["127.0.0.1:9"],
    {
      stdio: ["ignore", "pipe", "ignore"],
      shell: SUFFIX !== "",
    },
  );
  try {
    await once(plugin.stdout, "data");
    return performance.now() - began;
  } finally {
    plugin.kill();
    await once(plugin, "close");
  }
}
