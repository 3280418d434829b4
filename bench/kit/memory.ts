/** How much memory a command and all that it starts hold at their peak. */
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const EVERY_MS = 500;

/**
 * The highest sum of the resident memory of all processes below this one while `work` runs, in bytes. What they share
 * is counted with each of them.
 */
export async function peakMemory<T>(work: () => Promise<T>): Promise<{ result: T; peakBytes: number }> {
  let running = true;
  let peakBytes = 0;
  const watch = async (): Promise<void> => {
    while (running) {
      peakBytes = Math.max(peakBytes, await residentBelow(process.pid));
      await sleep(EVERY_MS);
    }
  };
  const watching = watch();
  try {
    const result = await work();
    return { result, peakBytes };
  } finally {
    running = false;
    await watching;
  }
}

async function residentBelow(root: number): Promise<number> {
  // One look that fails, since the run is being ended, is none.
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,rss=,comm="]).catch(() => ({
    stdout: "",
  }));
  const all = stdout.split("\n").flatMap((line) => {
    const [, pid, parent, kilobytes, name] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (name === undefined || name === "ps") return [];
    return [{ pid: Number(pid), parent: Number(parent), bytes: Number(kilobytes) * 1024 }];
  });
  const below = all.filter(({ parent }) => parent === root);
  for (const { pid } of below) below.push(...all.filter(({ parent }) => parent === pid));
  return below.reduce((sum, { bytes }) => sum + bytes, 0);
}
