/** One user id that does not exist among very many. */
import { z } from "zod";
import type { Tools } from "../stacks/tools.ts";
import { expectMembers, withSide } from "./life.ts";
import { people } from "./people.ts";
import { isForMembers, requestsDuring } from "./requests.ts";

const NOBODY = { user: "auth0|c0ffeenobody", role: "ai-reader" };

export const badIdSchema = z.object({
  /** Calls for the members of the first `up`, which fails, and of the next, without the id. */
  first: z.number(),
  next: z.number(),
  /** What the first says of it. */
  told: z.string(),
});
export type BadId = z.infer<typeof badIdSchema>;

/** @throws an error when somebody else is missing after the first `up`, or anything is wrong after the next */
export async function measureBadId(count: number, tools: Tools): Promise<BadId> {
  return withSide("roster", count, tools, async (side) => {
    const { auth0 } = side.tenants;
    const good = people(0, count);
    const middle = Math.floor(count / 2);
    side.declare([...good.slice(0, middle), NOBODY, ...good.slice(middle)]);
    let said = "";
    const first = await requestsDuring(auth0, async () => {
      said = await side.run("up").then(
        () => "",
        (error: unknown) => String(error),
      );
    });
    expectMembers(side, good);
    side.declare(good);
    const next = await requestsDuring(auth0, () => side.run("up"));
    expectMembers(side, good);
    return {
      first: first.filter(isForMembers).length,
      next: next.filter(isForMembers).length,
      told: /members\.csv:\d+: [^\n]*/.exec(said)?.[0] ?? "",
    };
  });
}
