/**
 * A lock between processes that no kill can leave behind: a write transaction on an SQLite file. The operating
 * system frees it with the process, so there is no stale lock to judge and no timeout to choose.
 */
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

/** A held lock. `release` may be called more than once. */
export interface Lock {
  release(): void;
}

/** Takes the lock on `file` if it is free, at once; `undefined` if another process or caller holds it. */
export function tryLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (String(error).includes("database is locked")) return undefined;
    throw error;
  }
  let held = true;
  return {
    release() {
      if (held) database.close();
      held = false;
    },
  };
}

/**
 * Waits for the lock on `file`.
 *
 * @param onWait called once when somebody else holds it
 */
export async function waitForLock(file: string, onWait?: () => void): Promise<Lock> {
  for (let attempt = 0; ; attempt++) {
    const lock = tryLock(file);
    if (lock !== undefined) return lock;
    if (attempt === 0) onWait?.();
    await sleep(200);
  }
}
