/** The written file: how it differs from what would be written now, whether it may be replaced, and its replacement. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { inLine, NAMES, type Entry } from "./entries.ts";
import type { Content, Format, Found } from "./formats/index.ts";
import { codeOf, Mistake, reasonOf } from "./mistake.ts";
import { isSealed, whenOf } from "./stamp.ts";

/** A file that is there. */
export interface Existing extends Found {
  /** Whether somebody changed it after it was written. */
  readonly edited: boolean;
}

/**
 * @returns `undefined` when there is no such file
 * @throws Mistake when it cannot be read
 */
export function existing(file: string, format: Format): Existing | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new Mistake(`${file} cannot be read: ${reasonOf(error)}`);
  }
  return { ...format.read(text), edited: !isSealed(text) };
}

/** How one value of a file differs from the outputs; never says what a secret is. */
export interface Difference {
  readonly key: string;
  readonly what: string;
}

/** Values of other programs in the same file are none of ours; secrets that are left out are not compared. */
export function differences(
  { values }: Existing,
  { entries, leftOut }: Content,
  format: Format,
): Difference[] {
  const wanted = new Map(entries.map((entry) => [entry.path, entry]));
  return NAMES.flatMap((name): Difference[] => {
    const key = format.keyOf(name);
    const entry = wanted.get(name.path);
    const what = whatDiffers(entry, values.get(key));
    const isLeftOut = leftOut.some(({ path }) => path === name.path);
    return what === undefined || isLeftOut ? [] : [{ key, what }];
  });
}

function whatDiffers(entry: Entry | undefined, found: string | undefined): string | undefined {
  if (entry === undefined) return found === undefined ? undefined : "is no output of the stack any more";
  const value = inLine(entry.value);
  if (found === value) return undefined;
  if (found === undefined) return "is missing";
  return entry.secret ? "is another secret" : `is ${found}; the stack has ${value}`;
}

/** Why a file must not be replaced without being told to, in whole sentences. */
export function objections(found: Existing, { leftOut, stamp }: Content, format: Format): string[] {
  const { stamp: old, values } = found;
  if (old === undefined) return ["It was not written by this command."];
  const lost = leftOut.map((one) => format.keyOf(one)).filter((key) => values.has(key));
  return [
    ...(found.edited ? ["It was changed by hand after it was written."] : []),
    ...(old.stack !== undefined && stamp.stack !== undefined && old.stack !== stamp.stack
      ? [`It holds the outputs of stack ${old.stack}, and these are of stack ${stamp.stack}.`]
      : []),
    ...(Date.parse(old.outputsOf) > Date.parse(stamp.outputsOf)
      ? [`It holds newer outputs (${whenOf(old)}) than these (${whenOf(stamp)}).`]
      : []),
    ...lost.map((key) => `It holds ${key}, which would be lost: add --show-secrets.`),
  ];
}

/**
 * Writes the whole file or nothing, for its user alone. A link stays a link.
 *
 * @throws Mistake when it cannot be written
 */
export function replace(file: string, text: string): void {
  let target = file;
  try {
    target = realpathSync(file);
  } catch {
    // There is no file yet.
  }
  const draft = join(dirname(target), `.${basename(target)}.${String(process.pid)}.new`);
  try {
    const handle = openSync(draft, "wx", 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Mistake(`${file} cannot be written: ${reasonOf(error)}`);
  }
}
