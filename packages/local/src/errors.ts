import { messageOf } from "@ai-api-access/user-error";

/** What shells say of a process that SIGKILL ended: 128 and the signal's number. */
const KILLED = 137;

/**
 * The exit code of the CLI. The Automation API keeps it only in the text of its error
 * ("Command failed with exit code 255").
 */
export function exitCodeOf(error: unknown): number {
  return Number(/exit code (\d+)/.exec(messageOf(error))?.[1] ?? 1);
}

/** Whether somebody killed the CLI. */
export function wasKilled(error: unknown): boolean {
  return exitCodeOf(error) === KILLED;
}
