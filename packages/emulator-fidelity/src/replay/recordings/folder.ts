import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { NoRecordingError, readCassette } from "./cassette.ts";
import type { Recording } from "./recording.ts";

/** A file that was left out, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** What a folder holds: a name and how to read it, one at a time, since large folders hold tens of megabytes. */
export interface RecordingFile {
  readonly name: string;
  read(): Recording | Skipped;
}

/** The files of a folder and of all folders in it, by name; or the one file that is named. */
export function recordingFiles(folder: string): RecordingFile[] {
  if (!existsSync(folder)) return [];
  const paths = statSync(folder).isDirectory()
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
        .map((entry) => join(entry.parentPath, entry.name))
    : [folder];
  return paths.toSorted().map((path) => {
    const name = path === folder ? path : relative(folder, path).replaceAll("\\", "/");
    return { name, read: () => readOne(path, name) };
  });
}

function readOne(path: string, name: string): Recording | Skipped {
  if (!/\.ya?ml$/i.test(name)) return { name, reason: "not a YAML file" };
  try {
    return readCassette(name.replace(/\.ya?ml$/i, ""), readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof NoRecordingError) return { name, reason: error.message };
    throw error;
  }
}
