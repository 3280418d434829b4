import type { Bench } from "../kit/bench.ts";
import { CALL_COLUMNS, callCells, countCalls } from "../kit/calls.ts";
import { sideBySide, type Times } from "../kit/measure.ts";
import { seconds } from "../kit/report.ts";
import { hostSentence, withBoth } from "../stacks/pair.ts";
import { type MeasuredStack, openStack } from "../stacks/stack.ts";
import type { Tools } from "../stacks/tools.ts";
import { empty } from "../stacks/tutorial.ts";

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

      say(`preview: ${String(runs)} more of this stack, in turn with a program that only loads the SDK`);
      const { again, floor, floorCalls } = await onEmpty(tools, async (bare) => {
        const [again, floor] = await sideBySide(
          runs,
          () => took(ours),
          () => took(bare),
        );
        return { again, floor, floorCalls: await countCalls(bare.tenants, () => bare.run("preview")) };
      });

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
          [`${ours.name}, once more`, ...timeCells(again), ...callCells(ownCalls)],
          [empty.name, ...timeCells(floor), ...callCells(floorCalls)],
        ],
        notes: [
          `Ratio of the wall times: **${ratio.toFixed(2)}**; aim: at most ${String(AIM)}${ratio <= AIM ? "" : ", missed"}.`,
          `Of this stack's time, ${Math.round((floor.median / again.median) * 100).toFixed(0)} % is what any program pays: one that loads the SDK, compiler and installer included, and declares nothing takes ${seconds(floor.median)}. The rest is the two plugins, the program and the answers of the tenants.`,
          "Columns after the times: API calls of one preview. Auth0's token requests are among its other calls.",
        ],
      };
    }),
};

async function onEmpty<T>(tools: Tools, work: (stack: MeasuredStack) => Promise<T>): Promise<T> {
  const stack = await openStack(empty, tools);
  try {
    await stack.run("up");
    return await work(stack);
  } finally {
    await stack.close();
  }
}

function timeCells({ median, fastest, slowest }: Times): string[] {
  return [median, fastest, slowest].map(seconds);
}
