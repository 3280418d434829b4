/** What every measured run shares: the engine, the plugins, and how the engine comes to run a program. */
import { existsSync } from "node:fs";
import { dirname, delimiter, isAbsolute, join } from "node:path";
import { findEngine, type Engine } from "@ai-api-access/local/engine/index.ts";
import { chooseProviders, type ProviderKind, type Providers } from "@ai-api-access/local/providers.ts";

export interface Tools {
  readonly engine: Engine;
  readonly providers: Providers;
  /** `official` when `pulumi-language-nodejs` lies next to the CLI: then nothing of ours stands in between. */
  readonly languageHost: "official" | "bench";
}

/**
 * @param wanted decides on the plugins by hand
 * @param say progress, a line at a time
 */
export async function findTools(
  wanted: ProviderKind | undefined,
  say: (line: string) => void,
): Promise<Tools> {
  const engine = await findEngine({ onProgress: say });
  const providers = await chooseProviders(engine, wanted, say);
  return { engine, providers, languageHost: hasLanguageHost(engine.command) ? "official" : "bench" };
}

function hasLanguageHost(command: string): boolean {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folder = isAbsolute(command) ? dirname(command) : folderOnPath(`${command}${suffix}`);
  return folder !== undefined && existsSync(join(folder, `pulumi-language-nodejs${suffix}`));
}

function folderOnPath(file: string): string | undefined {
  return (process.env.PATH ?? "").split(delimiter).find((folder) => existsSync(join(folder, file)));
}
