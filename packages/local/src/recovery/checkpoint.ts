import { copyFileSync, existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { TwinHome } from "../home.ts";

/**
 * Puts the last whole checkpoint back when a kill cut off the writing of the newest one: the file backend keeps
 * the one before beside it. What the difference was is found in the tenants (see `recover`).
 *
 * The backend keeps a small file of attributes beside each of its files and refuses ("failed to load checkpoint:
 * EOF") what has a cut-off one; without any it does well.
 */
export function mendCheckpoint(home: TwinHome, project: string, stack: string): void {
  const backend = join(home.state, ".pulumi");
  for (const name of globSync("**/*.attrs", { cwd: backend })) {
    const attributes = join(backend, name);
    if (!isWhole(attributes)) rmSync(attributes);
  }
  const file = join(backend, "stacks", project, `${stack}.json`);
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
