import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import type { KnownDifference } from "../ledger/known-difference.ts";
import { NoRecordingError, readCassette } from "./recordings/cassette.ts";
import type { Recording, VendorName } from "./recordings/recording.ts";
import { replay } from "./replay.ts";
import type { Look } from "./replay.ts";
import type { Targets } from "./target.ts";
import { judge } from "./verdict.ts";
import type { RecordingResult, Result, Skipped } from "./verdict.ts";

/** Which recordings to replay. */
interface Selection {
  /** A folder with all folders in it, or one file. */
  readonly folder: string;
  readonly vendors: readonly VendorName[];
  /** Only recordings whose name contains this. */
  readonly only?: string | undefined;
}

/** Replays the recordings of a folder, each against a tenant that is back to its seed. */
export async function run(
  { folder, vendors, only = "" }: Selection,
  known: readonly KnownDifference[],
  targets: Targets,
  look?: (vendor: VendorName, ...answer: Parameters<Look>) => void,
): Promise<Result> {
  const recordings: RecordingResult[] = [];
  const skipped: Skipped[] = [];
  // One at a time, since large folders hold tens of megabytes.
  for (const path of pathsIn(folder)) {
    const name = path === folder ? path : relative(folder, path).replaceAll("\\", "/");
    if (!name.includes(only)) continue;
    const recording = read(path, name);
    if ("reason" in recording) skipped.push(recording);
    else if (vendors.includes(recording.vendor)) {
      const { vendor } = recording;
      const replayed = await replay(recording, await targets.of(vendor), (...answer) =>
        look?.(vendor, ...answer),
      );
      const { setUp } = replayed;
      recordings.push({ name: recording.name, vendor, judged: judge(replayed, known), setUp });
    }
  }
  return { folder, recordings, skipped };
}

function pathsIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  if (!statSync(folder).isDirectory()) return [folder];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

function read(path: string, name: string): Recording | Skipped {
  if (!/\.ya?ml$/i.test(name)) return { name, reason: "not a YAML file" };
  try {
    return readCassette(name.replace(/\.ya?ml$/i, ""), readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof NoRecordingError) return { name, reason: error.message };
    throw error;
  }
}
