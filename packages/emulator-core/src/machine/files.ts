import { renameSync, writeFileSync } from "node:fs";

/** Writes the whole file or nothing, so that a reader never sees half of it; for its user alone by default. */
export function writeWhole(file: string, text: string, mode = 0o600): void {
  writeFileSync(`${file}.new`, text, { mode });
  renameSync(`${file}.new`, file);
}
