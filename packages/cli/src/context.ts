import type { Command } from "commander";

/** What a subcommand is run with: where it speaks, and what stops it. */
export interface Context {
  /** Text for standard output as it is: what was asked for, and nothing else. */
  readonly write: (text: string) => void;
  /** A line for standard output. */
  readonly print: (line: string) => void;
  /** A line for standard error, for the person who waits. */
  readonly say: (line: string) => void;
  /**
   * The signal that Ctrl-C, SIGTERM, SIGHUP and the end of the parent process abort. From then on they do not end this
   * process by themselves: whoever asks for the signal ends its work when it is aborted.
   *
   * @param stopped what to say when the work ended for that reason
   */
  readonly untilStopped: (stopped?: string) => AbortSignal;
}

/** Runs what a subcommand does; the number is the exit code. */
export type Run = (work: (context: Context) => Promise<number>) => Promise<void>;

/** Speaks on the streams of a program: standard output and standard error, or a test's own. */
export function streamsOf(program: Command): Pick<Context, "write" | "print" | "say"> {
  const output = program.configureOutput();
  return {
    write: (text) => output.writeOut?.(text),
    print: (line) => output.writeOut?.(`${line}\n`),
    say: (line) => output.writeErr?.(`${line}\n`),
  };
}
