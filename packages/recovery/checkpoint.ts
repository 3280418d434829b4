import { copyFileSync, existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A stack in a folder that the engine keeps its state in (`file://…`). */
export interface FileBackend {
  /** The folder of the URL. */
  readonly folder: string;
  readonly project: string;
  readonly stack: string;
}

/**
 * Files of a stack that a kill cut off while they were written.
 *
 * The backend keeps a small file of attributes beside each of its files and refuses ("failed to load checkpoint:
 * EOF") what has a cut-off one; without any it does well.
 */
export function cutOffFiles({ folder, project, stack }: FileBackend): string[] {
  const cwd = join(folder, ".pulumi");
  const files = globSync([`stacks/${project}/${stack}.json{,.*}`, `*/${project}/${stack}/*.attrs`], { cwd });
  return files
    .filter((name) => /\.(?:json|attrs)$/.test(name))
    .flatMap((name) => {
      const file = join(cwd, name);
      return isWhole(file) ? [] : [file];
    });
}

/**
 * Puts the last whole checkpoint back when a kill cut off the writing of the newest one: the file backend keeps
 * the one before beside it. That has what was under way, which is then found in the tenants.
 */
export function mendCheckpoint(backend: FileBackend): void {
  for (const file of cutOffFiles(backend)) {
    const backup = `${file}.bak`;
    if (file.endsWith(".json") && existsSync(backup) && isWhole(backup)) copyFileSync(backup, file);
    else rmSync(file);
  }
}

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}
