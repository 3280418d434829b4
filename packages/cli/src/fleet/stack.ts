import { messageOf } from "@ai-api-access/user-error";
import { run } from "../shared/command.ts";

export const FLEET_COMMANDS = ["up", "preview", "refresh", "destroy"] as const;
export type FleetCommand = (typeof FLEET_COMMANDS)[number];

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

/** Runs a command as if it were typed; one that cannot be started says so, as one that fails does. */
export async function typed(
  { file, args, cwd, env = {} }: Typed,
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly output: string }> {
  try {
    const { code, all } = await run(file, args, { cwd, env, signal, endedBy: "SIGINT" });
    return { code: code ?? 1, output: all };
  } catch (error) {
    return { code: 1, output: `error: ${messageOf(error)}` };
  }
}
