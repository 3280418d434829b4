import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { tryLock } from "@ai-api-access/emulator-core/machine/lock.ts";
import { demoLockFile, twinHome } from "./home.ts";
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
  const demoLock = tryLock(demoLockFile(home));
  if (lock === undefined || demoLock === undefined) {
    lock?.release();
    demoLock?.release();
    throw new UserError("Another command of the local twin is at work. Wait for it to end, then reset.");
  }
  try {
    if ((await findTenants(home.tenants)) !== undefined) {
      throw new UserError(
        "Another command (`npm start` or `npx ai-api-access tenants`) is serving these tenants. Stop it (Ctrl-C), then reset.",
      );
    }
    // Only what is the twin's own: its home may be a folder that somebody else uses too.
    const { project, state, pulumiHome, tenants, passphraseFile, unfinishedFile } = home;
    const others = ["demo", "fleet", ".fleet", "app-config.json"].map((name) => join(home.folder, name));
    for (const part of [project, state, pulumiHome, tenants, passphraseFile, unfinishedFile, ...others]) {
      rmSync(part, { recursive: true, force: true });
    }
  } finally {
    demoLock.release();
    lock.release();
  }
  return "The local twin is gone: tenants, state and generated project, the demo's and the fleet's too. `npm start` begins from nothing.";
}
