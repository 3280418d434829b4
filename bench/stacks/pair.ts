import { ours } from "./ours.ts";
import { openStack, type MeasuredStack } from "./stack.ts";
import type { Tools } from "./tools.ts";
import { tutorial } from "./tutorial.ts";

/** Opens this stack and the tutorial's side by side for as long as `work` takes. */
export async function withBoth<T>(
  tools: Tools,
  work: (ours: MeasuredStack, tutorial: MeasuredStack) => Promise<T>,
): Promise<T> {
  const first = await openStack(ours, tools);
  try {
    const second = await openStack(tutorial, tools);
    try {
      return await work(first, second);
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

/** How the engine came to run the two programs: a sentence for a report. */
export function hostSentence({ languageHost }: Tools): string {
  return languageHost === "official"
    ? "The runs are `pulumi` itself with its official language host."
    : "There is no `pulumi-language-nodejs` next to the CLI: the runs are `pulumi` with the language host of `packages/testing/src/language-host`, " +
        "which starts the programs as the official one does. Its own start is part of every time.";
}
