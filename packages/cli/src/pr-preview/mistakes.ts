/** What is wrong with a stack's configuration, by the side that brought it. */
import { loadProgram, mistakesIn, type Mistake } from "@ai-api-access/local/program.ts";
import { inPlaceOfLocal, readLocalStack } from "@ai-api-access/local/project.ts";
import type { StackValues } from "./stack-values.ts";

export interface SideMistakes {
  readonly base: readonly Mistake[];
  readonly branch: readonly Mistake[];
}

/** Both sides by the rules of the branch; a side without the file has none. */
export async function mistakesOfSides(
  base: StackValues | undefined,
  branch: StackValues | undefined,
): Promise<SideMistakes> {
  const program = await loadProgram();
  const of = (side: StackValues | undefined): Mistake[] =>
    side === undefined
      ? []
      : mistakesIn(program, readLocalStack(inPlaceOfLocal(side.values)).config, side.root);
  return { base: of(base), branch: of(branch) };
}

/** The mistakes of the branch, those that it brings before those that the base has as well. */
export async function describeMistakes({ base, branch }: SideMistakes, stack: string): Promise<string[]> {
  const { ConfigError } = await loadProgram();
  const isOld = ({ key, got }: Mistake): boolean =>
    base.some((mistake) => mistake.key === key && mistake.got === got);
  const parts = [
    ["The branch brings", branch.filter((mistake) => !isOld(mistake))],
    ["The base has already", branch.filter(isOld)],
  ] as const;
  return parts
    .filter(([, mistakes]) => mistakes.length > 0)
    .map(([who, mistakes]) => `${who} ${new ConfigError(mistakes, stack).message}`);
}
