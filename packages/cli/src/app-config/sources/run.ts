import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { codeOf, reasonOf, textOf } from "../mistake.ts";

/** A command that did not do what it was to do. */
export class CommandFailed extends Error {
  /** Whether the command itself was not found. */
  readonly missing: boolean;

  constructor(words: string, missing: boolean) {
    super(words);
    this.name = "CommandFailed";
    this.missing = missing;
  }
}

/**
 * What a command prints.
 *
 * @throws CommandFailed with what it said on its error stream
 */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  try {
    // Outputs are small; Node's limit of 1 MiB is one that a stack with many outputs could reach.
    const { stdout } = await promisify(execFile)(command, args, { cwd, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const stderr = textOf(error, "stderr")?.trim() ?? "";
    throw new CommandFailed(stderr === "" ? reasonOf(error) : stderr, codeOf(error) === "ENOENT");
  }
}
