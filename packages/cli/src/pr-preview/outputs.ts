/** Outputs that differ, with every secret masked; that a secret is another one is said, too. */
import type { Twin } from "@ai-api-access/local/twin.ts";
import { covers, differences, type Difference } from "./differences.ts";

type Outputs = Readonly<Record<string, unknown>>;

/** The outputs of a stack twice: as they may be shown, and as they are, which is only ever compared. */
export interface OutputsRead {
  readonly shown: Outputs;
  readonly plain: Outputs;
}

export async function readOutputs(twin: Twin): Promise<OutputsRead> {
  return { shown: await twin.outputs(), plain: await twin.outputs(true) };
}

const SECRET = "[secret]";

export function outputDifferences(before: OutputsRead, after: OutputsRead): Difference[] {
  const shown = differences(before.shown, after.shown);
  const hidden = differences(before.plain, after.plain)
    .filter(({ path }) => !shown.some((known) => covers(known.path, path)))
    .map(({ path }) => ({ path, before: SECRET, after: `${SECRET}, another one` }));
  return [...shown, ...hidden].sort((one, other) => one.path.localeCompare(other.path, "en"));
}
