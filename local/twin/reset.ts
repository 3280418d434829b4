import { tryLock } from "../machine/lock.ts";
import { TwinError } from "./errors.ts";
import { twinHome } from "./home.ts";
import { findTenants } from "./tenants/running.ts";

/**
 * Takes the twin's home away.
 *
 * @param remove removes a folder
 * @returns what was done, for the user
 */
export async function resetTwin(remove: (folder: string) => void): Promise<string> {
  const home = twinHome();
  const lock = tryLock(home.lockFile);
  if (lock === undefined) {
    throw new TwinError("Another command of the local twin is at work. Wait for it to end, then reset.");
  }
  try {
    if ((await findTenants(home.tenants)) !== undefined) {
      throw new TwinError("`npm run tenants` is serving these tenants. Stop it (Ctrl-C), then reset.");
    }
    // Only what is the twin's own: its home may be a folder that somebody else uses too.
    for (const part of [home.project, home.state, home.pulumiHome, home.tenants, home.passphraseFile])
      remove(part);
    remove(home.unfinishedFile);
  } finally {
    lock.release();
  }
  return "The local twin is gone: tenants, state and generated project. `npm start` begins from nothing.";
}
