/** The stacks of a fleet that a change concerns: their own files, their base stack, or the program itself. */
import { changedStacks, type StackFiles } from "../shared/changed-stacks.ts";
import { changedFiles, commitOf } from "../shared/git.ts";
import { lastPart } from "../shared/stack/backend.ts";
import { basesIn } from "./bases.ts";

/** What the program loads, and they each other. */
export const LOADED_PACKAGES = [
  "provider-kit",
  "resource-catalog",
  "roster",
  "tenant-clients",
  "user-error",
] as const;
const OTHER_FOLDERS = /^(?:\.\w[^/]*|bench|docs|examples|policy|test|tools)\/|^packages\/[^/]+\/test\//;

/** What a file changed for the fleet. */
export interface ChangedStacks {
  /** The commit that they are compared with. */
  readonly sha: string;
  /** Of the names given, in their order. */
  readonly names: readonly string[];
  /** Which they are, and why. */
  readonly said: string;
}

/**
 * The stacks that are not as they were at `ref`. A file more than need be counts: that costs an `up` without changes.
 *
 * @throws UserError when `ref` names no commit, or git cannot say
 */
export async function changedSince(
  names: readonly string[],
  ref: string,
  files: StackFiles,
): Promise<ChangedStacks> {
  const commit = await commitOf(files.repository, ref, "--changed-since");
  const { sha } = commit;
  const count = `${String(names.length)} stacks`;
  const [program] = (await changedFiles(files.repository, commit)).filter(isOfTheProgram);
  if (program !== undefined) {
    return { sha, names, said: `The program has changed since ${ref} (${program}): all ${count}.` };
  }
  const reasons = withDependents(await changedStacks(files, commit), files);
  const changed = names.filter((name) => reasons.has(lastPart(name)));
  const lines = changed.map((name) => `  ${name}: ${reasons.get(lastPart(name)) ?? ""}`);
  const said = [`Changed since ${ref}: ${String(changed.length)} of ${count}.`, ...lines].join("\n");
  return { sha, names: changed, said };
}

/** A file that a program may load or be told by, in a folder that has nothing else to do. */
function isOfTheProgram(file: string): boolean {
  const [, name] = /^packages\/([^/]+)\//.exec(file) ?? [];
  if (OTHER_FOLDERS.test(file)) return false;
  if (name !== undefined && !LOADED_PACKAGES.some((loaded) => loaded === name)) return false;
  return /^Pulumi\.yaml$|\.(?:[cm]?[jt]s|json)$/.test(file);
}

/** A stack reads the outputs of its base stack, and that one may have a base of its own. */
function withDependents(
  changed: ReadonlyMap<string, readonly string[]>,
  files: StackFiles,
): ReadonlyMap<string, string> {
  const reasons = new Map([...changed].map(([name, why]) => [name, why.join(", ")]));
  const bases = basesIn(files);
  for (let before = -1; before < reasons.size;) {
    before = reasons.size;
    for (const [name, base] of bases) {
      if (reasons.has(base) && !reasons.has(name)) reasons.set(name, `its base stack ${base}`);
    }
  }
  return reasons;
}
