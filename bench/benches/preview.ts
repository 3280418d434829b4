import type { Bench } from "../kit/bench.ts";
import { CALL_COLUMNS, callCells, countCalls } from "../kit/calls.ts";
import { sideBySide, type Times } from "../kit/measure.ts";
import { seconds } from "../kit/report.ts";
import { hostSentence, withBoth } from "../stacks/pair.ts";

/** The time of this stack's preview over that of the tutorial way. */
const AIM = 0.5;

export const preview: Bench = {
  name: "preview",
  description: "a preview without changes, against the same stack written the tutorial way",
  run: ({ tools, runs, say }) =>
    withBoth(tools, async (ours, tutorial) => {
      say("preview: bringing both stacks up");
      await ours.run("up");
      await tutorial.run("up");
      say(`preview: ${String(runs)} previews of each, in turn`);
      const took = async (stack: typeof ours): Promise<number> => (await stack.run("preview")).seconds;
      const [own, other] = await sideBySide(
        runs,
        () => took(ours),
        () => took(tutorial),
      );
      const ownCalls = await countCalls(ours.tenants, () => ours.run("preview"));
      const otherCalls = await countCalls(tutorial.tenants, () => tutorial.run("preview"));

      const ratio = own.median / other.median;
      return {
        title: "A preview without changes",
        how: [
          "Both stacks declare the same resources, each against local tenants of its own; the tutorial way is " +
            "`bench/tutorial`, type-checked at run time by the SDK's ts-node.",
          hostSentence(tools),
          `Wall time of the whole process, median of ${String(runs)} runs in turn after a warm-up each.`,
        ],
        columns: ["", "wall time", "fastest", "slowest", ...CALL_COLUMNS],
        rows: [
          [ours.name, ...timeCells(own), ...callCells(ownCalls)],
          [tutorial.name, ...timeCells(other), ...callCells(otherCalls)],
        ],
        notes: [
          `Ratio of the wall times: **${ratio.toFixed(2)}**; aim: at most ${String(AIM)}${ratio <= AIM ? "" : ", missed"}.`,
          "Columns after the times: API calls of one preview. Auth0's token requests are among its other calls.",
        ],
      };
    }),
};

function timeCells({ median, fastest, slowest }: Times): string[] {
  return [median, fastest, slowest].map(seconds);
}
