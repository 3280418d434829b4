import { randomUUID } from "node:crypto";
import { realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { messageOf } from "@ai-api-access/user-error";
import { refusal } from "./refusal.ts";

/**
 * Writes the whole file or nothing, readable by its user alone, in place of whatever file is there. A link to a file
 * stays a link; one that leads nowhere is replaced.
 *
 * @throws UserError when it cannot be written
 */
export function replaceFile(file: string, text: string): void {
  const target = realPath(file);
  const draft = `${target}.${randomUUID()}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: "wx", flush: true });
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw refusal(`${file} cannot be written: ${messageOf(error)}`);
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
