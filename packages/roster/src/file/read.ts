/** Reads a members file, whatever its format. */
import { createReadStream } from "node:fs";
import { extname } from "node:path";
import type { Rows } from "./rows.ts";

/** @throws an error that says what to do, when the file cannot be read at all */
export async function readMembersFile(path: string, name: string): Promise<Rows> {
  const read = readerFor(name);
  if (read === undefined) {
    const text = "a members file ends in .csv, .yaml or .yml";
    return { rows: [], mistakes: [{ line: 0, text }] };
  }
  try {
    return orNobody(await read(createReadStream(path)));
  } catch (error) {
    return { rows: [], mistakes: [{ line: 0, text: unreadable(error, path) }] };
  }
}

/** A file without anybody is rather one that was cut off than one that takes everybody out. */
function orNobody(found: Rows): Rows {
  if (found.rows.length > 0 || found.mistakes.length > 0) return found;
  const text =
    "there is nobody in it, which would take everybody out; if that is what you want, remove the key membersFile";
  return { rows: [], mistakes: [{ line: 0, text }] };
}

type Reader = (bytes: AsyncIterable<Uint8Array>) => Promise<Rows>;

/** The formats' libraries are loaded when they are needed: the plugin starts without them. */
function readerFor(name: string): Reader | undefined {
  switch (extname(name).toLowerCase()) {
    case ".csv":
      return async (bytes) => (await import("./csv.ts")).readCsv(bytes);
    case ".yaml":
    case ".yml":
      return async (bytes) => (await import("./yaml.ts")).readYaml(bytes);
    default:
      return undefined;
  }
}

function unreadable(error: unknown, path: string): string {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return `there is no such file (looked for ${path})`;
  if (code === "EISDIR") return "this is a folder";
  if (code === "EACCES") return `it may not be read (${path})`;
  throw error;
}
