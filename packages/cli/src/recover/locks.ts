import { UserError } from "@ai-api-access/user-error";
import type { Lock } from "../shared/stack/backend.ts";

/**
 * A lock is never taken from a process that lives, nor without a question from one that cannot be seen.
 *
 * @throws UserError saying whose it is
 */
export function checkLocks(
  locks: readonly Lock[],
  { stack, yes }: { readonly stack: string; readonly yes: boolean },
): void {
  for (const { holder, since, process } of locks) {
    const locked = `Stack ${stack} is locked by ${holder}${since === undefined ? "" : ` since ${since}`}`;
    if (process === "alive") {
      throw new UserError(`${locked}, which is at work on this machine.`, {
        next: "wait for it to end, or end it",
      });
    }
    if (process === "elsewhere" && yes) {
      throw new UserError(`${locked}; whether it is gone cannot be seen from here.`, {
        next: `pulumi cancel --stack ${stack}, if it is; then the same command again`,
      });
    }
  }
}
