/** Writes a members file. */
import { linkSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { stringify } from "csv-stringify/sync";

/** A line of the file. */
export interface Entry {
  readonly user: string;
  /** Names of roles, or ids. */
  readonly roles: readonly string[];
  /** For people who read the file: nothing reads it back. */
  readonly note: string;
}

const FORMULA = /^(?=[=+\-@＝＋－＠])/;
const FORMULA_INSIDE = /([,;\t\r\n][\s"]*)(?=[=+\-@＝＋－＠])/g;

/**
 * Comma-separated values that `./csv.ts` reads back as they are. What a spreadsheet would take for a formula stands
 * behind an apostrophe: names and emails are whatever people have called themselves. The spreadsheets of many countries
 * end a cell at a semicolon, so what stands after one may be a formula too.
 */
export function csvOf(entries: readonly Entry[]): string {
  return stringify(
    entries.map(({ user, roles, note }) => [
      user,
      roles.map((role) => role.replace(FORMULA, "'")).join(";"),
      note.replace(FORMULA_INSIDE, "$1'"),
    ]),
    { header: true, columns: ["user", "roles", "note"], escape_formulas: true, quoted_match: /[;\t]/ },
  );
}

/** Thrown instead of replacing a file. */
export class FileExistsError extends Error {
  override readonly name = "FileExistsError";
}

/**
 * Writes the whole file or nothing. It names people, so nobody else on the machine may read it.
 *
 * @throws FileExistsError when it is there and is not to be replaced
 */
export function writeFile(file: string, text: string, { force }: { readonly force: boolean }): void {
  const whole = `${file}.${String(process.pid)}.new`;
  try {
    writeFileSync(whole, text, { flag: "wx", mode: 0o600 });
    if (force) renameSync(whole, file);
    // Unlike a rename, a link never replaces a file, not even one that has come since somebody looked.
    else linkSync(whole, file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") throw new FileExistsError(file);
    throw error;
  } finally {
    rmSync(whole, { force: true });
  }
}
