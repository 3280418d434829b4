import { copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TwinHome } from "../home.ts";

/**
 * Puts the last whole checkpoint back when a kill cut off the writing of the newest one: the file backend keeps
 * the one before beside it. What the difference was is found in the tenants (see `recover`).
 */
export function mendCheckpoint(home: TwinHome, project: string, stack: string): void {
  const file = join(home.state, ".pulumi", "stacks", project, `${stack}.json`);
  const backup = `${file}.bak`;
  if (!existsSync(file) || isWhole(file)) return;
  if (existsSync(backup) && isWhole(backup)) copyFileSync(backup, file);
  else rmSync(file);
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
