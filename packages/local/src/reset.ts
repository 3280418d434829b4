import { rmSync } from "node:fs";
import { UserError } from "@ai-api-access/user-error";
import { tryLock } from "./machine/lock.ts";
import { twinHome } from "./home.ts";
import { findTenants } from "./tenants/running.ts";

/**
 * Takes the twin's home away.
 *
 * @returns what was done, for the user
 * @throws UserError while another command uses it
 */
export async function resetTwin(): Promise<string> {
  const home = twinHome();
  const lock = tryLock(home.lockFile);
  if (lock === undefined) {
    throw new UserError("Another command of the local twin is at work. Wait for it to end, then reset.");
  }
  try {
    if ((await findTenants(home.tenants)) !== undefined) {
      throw new UserError(
        "`npx ai-api-access tenants` is serving these tenants. Stop it (Ctrl-C), then reset.",
      );
    }
    // Only what is the twin's own: its home may be a folder that somebody else uses too.
    const { project, state, pulumiHome, tenants, passphraseFile, unfinishedFile } = home;
    for (const part of [project, state, pulumiHome, tenants, passphraseFile, unfinishedFile]) {
      rmSync(part, { recursive: true, force: true });
    }
  } finally {
    lock.release();
  }
  return "The local twin is gone: tenants, state and generated project. `npm start` begins from nothing.";
}
