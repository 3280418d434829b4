/** How much a preview without changes slows down with the people. */
import { sideBySide } from "../kit/measure.ts";
import type { Tools } from "../stacks/tools.ts";
import { withSide } from "./life.ts";
import type { Side, Way } from "./sides.ts";

/** Medians of the wall times with one person and with `many`, in seconds; run in turn. */
export async function measurePreviews(
  way: Way,
  many: number,
  { tools, runs }: { readonly tools: Tools; readonly runs: number },
): Promise<{ one: number; many: number }> {
  return withSide(way, 1, tools, (small) =>
    withSide(way, many, tools, async (large) => {
      await small.run("up");
      await large.run("up");
      const took = async (side: Side): Promise<number> => (await side.run("preview")).seconds;
      const [one, all] = await sideBySide(
        runs,
        () => took(small),
        () => took(large),
      );
      return { one: one.median, many: all.median };
    }),
  );
}
