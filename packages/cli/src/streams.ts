import type { Command } from "commander";

/** Where a subcommand speaks. */
export interface Streams {
  /** What was asked for, and nothing else. */
  readonly print: (text: string) => void;
  /** A line about it, for the person who waits. */
  readonly say: (line: string) => void;
}

/** The streams that the program was made with: standard output and standard error, or a test's own. */
export function streamsOf(command: Command): Streams {
  const output = command.configureOutput();
  return {
    print: (text) => output.writeOut?.(text),
    say: (line) => output.writeErr?.(`${line}\n`),
  };
}
