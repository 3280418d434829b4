import { valuesOfStacks, type StackFiles } from "../shared/changed-stacks.ts";
import { lastPart } from "../shared/stack/backend.ts";

/** The last part of the name of each stack's base stack, by that of its own, as the stack files have it. */
export function basesIn(files: StackFiles): ReadonlyMap<string, string> {
  return new Map(
    [...valuesOfStacks(files)].flatMap(([name, { baseStack }]) =>
      typeof baseStack === "string" && baseStack !== "" ? [[name, lastPart(baseStack)]] : [],
    ),
  );
}
