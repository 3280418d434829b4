/** Which provider plugins answer in the twin: the official ones where they can be had, else the stand-ins. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { execa } from "execa";
import { z } from "zod";
import type { Engine } from "./engine/index.ts";
import { cacheFolder } from "@ai-api-access/emulator-core/machine/cache.ts";
import { repositoryRoot } from "./machine/folders.ts";

export const PROVIDER_KINDS = ["official", "stand-in"] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** The plugins of one run. */
export interface Providers {
  readonly kind: ProviderKind;
  /** For `plugins.providers` of the generated project; none for the official ones. */
  readonly paths: readonly { readonly name: string; readonly path: string }[];
  /** Environment of the CLI. */
  readonly environment: Readonly<Record<string, string>>;
}

const PROVIDERS = ["auth0", "okta"] as const;
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000;
const DOWNLOAD_TIMEOUT_MS = 5 * 60 * 1000;

/** The stand-ins of `packages/stand-in-providers`. */
export function standIns(): Providers {
  return {
    kind: "stand-in",
    paths: PROVIDERS.map((name) => ({
      name,
      path: join(repositoryRoot, "packages", "stand-in-providers", "src", name),
    })),
    environment: {
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
    },
  };
}

/**
 * The plugins to use.
 *
 * @param wanted decides by hand; without it the official ones are used if they are installed or can be
 *   downloaded, which is tried at most once a day. Go reads `SSL_CERT_FILE` on Linux only, so elsewhere the
 *   official ones do not trust the local CA and the stand-ins are the default.
 */
export async function chooseProviders(
  engine: Engine,
  wanted: ProviderKind | undefined,
  onNotice: (line: string) => void,
  signal?: AbortSignal,
): Promise<Providers> {
  if (wanted === "stand-in" || (wanted === undefined && process.platform !== "linux")) return standIns();
  const home = installedHome();
  if (home !== undefined) return official(home);
  if (wanted === undefined && triedLately()) return standIns();

  const cache = cacheFolder("pulumi");
  try {
    for (const name of PROVIDERS) {
      onNotice(`Downloading the official ${name} plugin ${sdkVersion(name)}.`);
      await execa(engine.command, ["plugin", "install", "resource", name, sdkVersion(name)], {
        env: { PULUMI_HOME: cache, PULUMI_SKIP_UPDATE_CHECK: "true" },
        timeout: DOWNLOAD_TIMEOUT_MS,
        stdin: "ignore",
        ...(signal && { cancelSignal: signal }),
      });
    }
    rmSync(triedFile(), { force: true });
    return official(cache);
  } catch (error) {
    signal?.throwIfAborted();
    if (wanted === "official") {
      throw new UserError(
        "The official provider plugins are neither installed nor can they be downloaded from here. " +
          "Leave out `--providers official` to use the stand-ins.",
        { cause: error },
      );
    }
    writeFileSync(triedFile(), "");
    onNotice(
      "They cannot be downloaded from here: the stand-ins make the same calls (asked again in a day).",
    );
    return standIns();
  }
}

function official(pulumiHome: string): Providers {
  return { kind: "official", paths: [], environment: { PULUMI_HOME: pulumiHome } };
}

function triedFile(): string {
  return join(cacheFolder(), "official-plugins-not-reachable");
}

function triedLately(): boolean {
  return existsSync(triedFile()) && Date.now() - statSync(triedFile()).mtimeMs < ASK_AGAIN_MS;
}

/** A `PULUMI_HOME` from which the engine would take both plugins: installed there, or found on PATH. */
function installedHome(): string | undefined {
  const own = process.env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const onPath = (process.env.PATH ?? "").split(delimiter);
  if (
    PROVIDERS.every((name) => onPath.some((folder) => existsSync(join(folder, `pulumi-resource-${name}`))))
  ) {
    return own;
  }
  return [own, cacheFolder("pulumi")].find((home) =>
    PROVIDERS.every((name) => existsSync(join(home, "plugins", `resource-${name}-v${sdkVersion(name)}`))),
  );
}

const packageSchema = z.object({ version: z.string() });

/** An SDK asks for the plugin of its own version. */
function sdkVersion(name: string): string {
  const file = createRequire(import.meta.url).resolve(`@pulumi/${name}/package.json`);
  return packageSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}
