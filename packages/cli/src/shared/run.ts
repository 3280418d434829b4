/** What all commands share: Ctrl-C, orphaned processes, errors as text, the exit code. */
import { setInterval } from "node:timers";
import { UserError } from "@ai-api-access/user-error";
import { EngineError } from "@ai-api-access/local/engine/errors.ts";

const WATCH_MS = 500;
/** As shells count a process that SIGINT ended. */
const INTERRUPTED = 130;

/**
 * Runs a command and ends the process with its exit code.
 *
 * The signal is aborted by Ctrl-C, SIGTERM, SIGHUP, and when the process that started this one is gone.
 */
export async function runCommand(command: (signal: AbortSignal) => Promise<number>): Promise<never> {
  const abort = new AbortController();
  const stop = (): void => {
    if (abort.signal.aborted) return;
    console.error("\nStopping: what is under way is finished and saved.");
    abort.abort();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, WATCH_MS).unref();

  try {
    process.exit(await command(abort.signal));
  } catch (error) {
    if (abort.signal.aborted) {
      console.error("Stopped. The next `npm start` goes on from here.");
      process.exit(INTERRUPTED);
    }
    console.error(isForUser(error) ? error.message : error);
    if (!(error instanceof UserError)) process.exit(1);
    if (error.next !== undefined) console.error(`Next: ${error.next}`);
    process.exit(error.exitCode);
  }
}

/** Errors whose text is all that a user needs; the others are mistakes of ours, and keep their stack. */
function isForUser(error: unknown): error is Error {
  return (
    error instanceof UserError ||
    error instanceof EngineError ||
    // The program's own, which it loads itself. The engine's own words are in the text of a CommandError.
    (error instanceof Error && ["ConfigError", "LookupError", "CommandError"].includes(error.name))
  );
}

/** Prints a line of our own, told apart from the engine's output. */
export function say(line: string): void {
  console.log(line);
}
