import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

export interface Process {
  readonly pid: number;
  readonly command: string;
}

/** A process and all that it started, directly or not. */
export async function processTree(root: number): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const all = stdout.split("\n").flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
  });
  const found = all.filter(({ pid }) => pid === root);
  for (const { pid } of found) found.push(...all.filter(({ parent }) => parent === pid));
  return found.map(({ pid, command }) => ({ pid, command }));
}

/** `kill -9`, also where one of them has just ended by itself. */
export function killAll(processes: readonly Process[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
}

/** Those that still live after `ms`; asked again and again until then, since ending takes a moment. */
export async function leftAfter(ms: number, processes: readonly Process[]): Promise<Process[]> {
  const end = Date.now() + ms;
  let left = processes.filter(({ pid }) => isAlive(pid));
  while (left.length > 0 && Date.now() < end) {
    await sleep(100);
    left = left.filter(({ pid }) => isAlive(pid));
  }
  return left;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
