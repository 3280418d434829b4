/**
 * Finds the Pulumi CLI, the real engine of every local run: on PATH, else from this machine's cache, else by
 * the Automation API's own installer, else by building it from its published Go modules. What the last two
 * bring is cached for all clones; two processes that start at once wait for one another.
 */
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { messageOf } from "@ai-api-access/user-error";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { parse, type SemVer } from "semver";
import { cacheFolder } from "@ai-api-access/emulator-core/machine/cache.ts";
import { waitForLock } from "@ai-api-access/emulator-core/machine/lock.ts";
import { buildEngine } from "./build.ts";
import { downloadEngine } from "./download.ts";
import { EngineError, type Attempt } from "./errors.ts";
import { ENGINE_VERSION } from "./version.ts";

/** A Pulumi CLI that is there and new enough. */
export interface Engine {
  /** An absolute path. */
  readonly command: string;
  readonly version: string;
  /** The same CLI as the Automation API takes it. */
  readonly pulumi: PulumiCommand;
}

export interface FindEngineOptions {
  /** Called with what is being fetched or built, a line at a time. */
  readonly onProgress?: (line: string) => void;
  /** Gives up a download or a build. */
  readonly signal?: AbortSignal;
}

/**
 * The engine, fetched or built if it is missing (the build takes some minutes, once a machine).
 *
 * @throws EngineError naming every way that was tried and what to install
 */
export async function findEngine({
  onProgress = () => undefined,
  signal,
}: FindEngineOptions = {}): Promise<Engine> {
  const wanted = parse(ENGINE_VERSION, false, true);
  const attempts: Attempt[] = [];
  const onPath = await probe(wanted, undefined, "pulumi on PATH", attempts);
  if (onPath !== undefined) return onPath;

  const root = join(cacheFolder("engine"), `v${ENGINE_VERSION}`);
  const cached = await probe(wanted, root, "cache", []);
  if (cached !== undefined) return cached;

  const lock = await waitForLock(join(cacheFolder("engine"), "lock.sqlite"), () => {
    onProgress("Another run is fetching or building the Pulumi CLI; waiting for it.");
  });
  try {
    for (const [way, fetch] of [
      ["the Automation API's installer", downloadEngine],
      ["a build with Go", buildEngine],
    ] as const) {
      signal?.throwIfAborted();
      // Whoever held the lock before may have done the work.
      const engine =
        (await probe(wanted, root, way, [])) ??
        (await fetch({ root, version: wanted, onProgress, signal }).then(
          () => probe(wanted, root, way, attempts),
          (error: unknown) => {
            attempts.push({ way, reason: messageOf(error) });
            return undefined;
          },
        ));
      if (engine !== undefined) return engine;
    }
    signal?.throwIfAborted();
  } finally {
    lock.release();
  }
  throw new EngineError(attempts);
}

/** The absolute path of a command on PATH. */
function findOnPath(name: string): string | undefined {
  const endings = process.platform === "win32" ? (process.env.PATHEXT ?? ".EXE").split(";") : [""];
  const candidates = (process.env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => endings.map((ending) => resolve(folder, name + ending)));
  return candidates.find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The CLI below `root` (PATH when undefined) if it runs and suits; else the reason goes into `attempts`. */
async function probe(
  version: SemVer,
  root: string | undefined,
  way: string,
  attempts: Attempt[],
): Promise<Engine | undefined> {
  try {
    const pulumi = await PulumiCommand.get({ version, ...(root === undefined ? {} : { root }) });
    const command = root === undefined ? findOnPath("pulumi") : pulumi.command;
    if (command === undefined) throw new Error("ENOENT");
    return { command, version: String(pulumi.version), pulumi };
  } catch (error) {
    const text = messageOf(error);
    attempts.push({ way, reason: text.includes("ENOENT") ? "not found" : text });
    return undefined;
  }
}
