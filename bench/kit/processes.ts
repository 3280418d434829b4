/** Child processes whose wall time is measured; ended with this process. */
import { type ChildProcess, spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { watchMemory } from "./memory.ts";

/** A run that ended well. */
export interface TimedRun {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** Both of its streams, as they came. */
  readonly output: string;
  /** The most that it and what it started held at once, in MiB; 0 where the system does not tell. */
  readonly memory: number;
}

export interface RunOptions {
  readonly cwd: string;
  /** On top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

const children = new Set<ChildProcess>();
let stopped = false;

/** Interrupts what runs, and lets nothing more start: the run under way fails and its bench cleans up. */
export function stop(): void {
  stopped = true;
  for (const child of children) child.kill("SIGINT");
}

export function wasStopped(): boolean {
  return stopped;
}

/** For a bench between two of its steps. @throws an error when the bench was interrupted */
export function goOn(): void {
  if (stopped) throw new Error("Stopped.");
}

/**
 * Runs a command to its end.
 *
 * @throws an error that carries all it said, when its exit code is not 0
 */
export async function timed(
  command: string,
  args: readonly string[],
  { cwd, env }: RunOptions,
): Promise<TimedRun> {
  goOn();
  const started = performance.now();
  // A Node process learns from the end of its channel that this one is gone, however it went. Others have no use for
  // a channel, and would hand its number on to Node processes of their own.
  const channel = command === process.execPath ? "ipc" : "ignore";
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", channel],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => said.push(text));
  }
  children.add(child);
  const memory = watchMemory(child.pid);
  try {
    const code = await new Promise<number | null>((ended, failed) => {
      child.once("error", failed);
      child.once("close", ended);
    });
    const seconds = (performance.now() - started) / 1000;
    const output = said.join("");
    if (code !== 0) {
      throw new Error(`\`${args.join(" ")}\` ended with exit code ${String(code)}:\n${output}`);
    }
    return { seconds, output, memory: memory() };
  } finally {
    memory();
    children.delete(child);
  }
}
