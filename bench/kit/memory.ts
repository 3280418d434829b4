/** How much memory a process and all that it started hold at once. */
import { readdirSync, readFileSync } from "node:fs";

const EVERY_MS = 250;

/**
 * Watches a process and its descendants.
 * @returns a function that ends the watch and gives the highest sum of resident memory in MiB; 0 where the system does
 *   not tell (only Linux does, in /proc)
 */
export function watchMemory(pid: number | undefined): () => number {
  let peak = 0;
  const look = (): void => {
    if (pid !== undefined) peak = Math.max(peak, residentOf(pid));
  };
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    return Math.round(peak);
  };
}

interface Process {
  readonly parent: number;
  readonly resident: number;
}

function residentOf(root: number): number {
  const processes = running();
  let total = 0;
  for (const [pid, { resident }] of processes) if (descends(pid, root, processes)) total += resident;
  return total;
}

function descends(pid: number, root: number, processes: ReadonlyMap<number, Process>): boolean {
  if (pid === root) return true;
  const parent = processes.get(pid)?.parent;
  return parent !== undefined && parent > 1 && descends(parent, root, processes);
}

function running(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readable(() => readdirSync("/proc")) ?? []) {
    const status = /^\d+$/.test(name)
      ? readable(() => readFileSync(`/proc/${name}/status`, "utf8"))
      : undefined;
    if (status === undefined) continue;
    const number = (key: string) => Number(new RegExp(`^${key}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
    found.set(Number(name), { parent: number("PPid"), resident: number("VmRSS") / 1024 });
  }
  return found;
}

/** Processes end while they are looked at. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
