/** The local stack with some values of its configuration changed. */
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, difference, runProgram } from "./registrations.ts";

const local = await runProgram(sourceOf(localStack()), SEEDED);

/** What differs from the stack as it stands in the file. */
export async function localWith(changes: Readonly<Record<string, unknown>>, lookups = {}) {
  const run = await runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...lookups });
  return { run, ...difference(local, run) };
}

export const names = (registrations: readonly { resource: string }[]) =>
  registrations.map(({ resource }) => resource).sort();
