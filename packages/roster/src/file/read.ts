/** Reads a members file, CSV or YAML. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import type { Rows } from "./rows.ts";

/** Everything that can be said of the file without asking the tenant. */
export async function readMembersFile(path: string): Promise<Rows> {
  const extension = extname(path).toLowerCase();
  if (![".csv", ".yaml", ".yml"].includes(extension))
    return wrong("a members file ends in .csv, .yaml or .yml");
  const bytes = await readFile(path).catch((error: unknown) => unreadable(error, path));
  if (typeof bytes === "string") return wrong(bytes);
  const saveAs = `save the file as ${extension === ".csv" ? "CSV UTF-8" : "UTF-8"}`;
  if (isUtf16(bytes)) return wrong(`this is UTF-16, which some programs call Unicode text: ${saveAs}`);
  const lossy = new TextDecoder().decode(bytes);
  if (lossy.includes("\uFFFD")) {
    const line = lossy.slice(0, lossy.indexOf("\uFFFD")).split("\n").length;
    return wrong(`this is not UTF-8: ${saveAs}`, line);
  }
  // Each format's library is loaded when it is needed: the plugin starts without them.
  const found =
    extension === ".csv"
      ? (await import("./csv.ts")).readCsv(lossy)
      : (await import("./yaml.ts")).readYaml(lossy);
  // A file without anybody is more likely cut off than meant to take everybody out.
  if (found.rows.length === 0 && found.mistakes.length === 0) {
    return wrong(
      "there is nobody in it, which would take everybody out; if that is what you want, remove the key membersFile",
    );
  }
  return found;
}

function wrong(text: string, line = 0): Rows {
  return { rows: [], mistakes: [{ line, text }] };
}

/** UTF-16 has a mark of its own, or every other byte is zero. */
function isUtf16(bytes: Uint8Array): boolean {
  const [one, two] = bytes;
  return (
    (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff) || bytes.subarray(0, 64).includes(0)
  );
}

function unreadable(error: unknown, path: string): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `there is no such file (looked for ${path})`;
  if (code === "EISDIR") return "this is a folder";
  if (code === "EACCES") return `it may not be read (${path})`;
  throw error;
}
