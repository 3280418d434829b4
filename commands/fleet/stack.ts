import { execa } from "execa";

export type FleetCommand = "up" | "preview" | "refresh" | "destroy";

/** One stack of a fleet. */
export interface FleetStack {
  readonly name: string;
  /**
   * Runs a command on it in a process of its own, so that what one stack's program throws is nobody else's.
   * Whatever the command says, on both streams, is in the output.
   */
  run(
    command: FleetCommand,
    signal: AbortSignal,
  ): Promise<{ readonly code: number; readonly output: string }>;
}

export interface Typed {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command as if it were typed. Ctrl-C reaches it once, through the signal: of two the engine takes the second for force. */
export async function typed(
  { file, args, cwd, env = {} }: Typed,
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly output: string }> {
  const child = execa(file, args, { cwd, env, all: true, reject: false, stdin: "ignore", detached: true });
  const stop = (): void => {
    child.kill("SIGINT");
  };
  signal.addEventListener("abort", stop, { once: true });
  const { exitCode, all, originalMessage } = await child;
  signal.removeEventListener("abort", stop);
  return { code: exitCode ?? 1, output: all === "" && originalMessage ? `error: ${originalMessage}` : all };
}
