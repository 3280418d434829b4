/** Where this user's machine keeps what all clones and runs share: the engine and the local CA. */
import { mkdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The cache folder of this user, made if missing. `AI_API_ACCESS_CACHE` overrides the platform's usual place
 * (`~/Library/Caches`, `%LOCALAPPDATA%`, `$XDG_CACHE_HOME` or `~/.cache`).
 *
 * @param parts folders below it, made as well
 */
export function cacheFolder(...parts: string[]): string {
  const folder = join(process.env.AI_API_ACCESS_CACHE ?? join(platformCache(), "ai-api-access"), ...parts);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function platformCache(): string {
  const fallback = join(homedir(), ".cache");
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  if (process.platform === "win32") return process.env.LOCALAPPDATA ?? fallback;
  return process.env.XDG_CACHE_HOME ?? fallback;
}
