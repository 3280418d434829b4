/**
 * Claims, over random histories of code changes, logins, changes by hand, read lag, failures and kills:
 * an additive roster never removes a person, nor takes a role, that it did not add; and when the storms are over, the
 * organization ends exactly as declared: everybody declared is in, and nothing that the roster added is left over.
 */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ModelStack } from "./support/roster-engine.ts";
import { thingsIn, World } from "./support/roster-world.ts";
import type { Declared, Mishap } from "./support/roster-world.ts";

const USERS = ["x|ada", "x|grace", "x|alan", "x|edsger"];
const ROLES = ["rol_reader", "rol_editor"];

const user = fc.constantFrom(...USERS);
const role = fc.constantFrom(...ROLES);
const declared: fc.Arbitrary<Declared> = fc
  .uniqueArray(fc.tuple(user, fc.uniqueArray(role)), { selector: ([who]) => who })
  .map((people) => Object.fromEntries(people));
const mishaps = (kinds: readonly Mishap[]) =>
  fc.array(fc.tuple(fc.integer({ min: 1, max: 8 }), fc.constantFrom(...kinds)), { maxLength: 2 });

type Step =
  | {
      readonly kind: "up";
      readonly people: Declared;
      readonly mishaps: readonly (readonly [number, Mishap])[];
    }
  | { readonly kind: "destroy"; readonly mishaps: readonly (readonly [number, Mishap])[] }
  | { readonly kind: "refresh" }
  | { readonly kind: "wait"; readonly milliseconds: number }
  | { readonly kind: "join" | "leave"; readonly who: string }
  | { readonly kind: "give" | "take"; readonly who: string; readonly what: string };

function steps(kinds: readonly Mishap[]): fc.Arbitrary<Step[]> {
  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant("up" as const), people: declared, mishaps: mishaps(kinds) }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("destroy" as const), mishaps: mishaps(kinds) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("refresh" as const) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("wait" as const),
        milliseconds: fc.constantFrom(10, 2_000, 5_000, 20 * 60_000),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constantFrom("join" as const, "leave" as const), who: user }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom("give" as const, "take" as const),
        who: user,
        what: role,
      }),
    },
  );
  return fc.array(step, { minLength: 2, maxLength: 12 });
}

async function live(world: World, stack: ModelStack, history: readonly Step[]): Promise<void> {
  for (const step of history) {
    world.log.push(JSON.stringify(step));
    switch (step.kind) {
      case "up":
        world.begin(step.mishaps);
        world.log.push(await stack.up(step.people));
        break;
      case "destroy":
        world.begin(step.mishaps);
        world.log.push(await stack.destroy());
        // With the stack goes its memory of what the list may still show for a while.
        world.pass(world.lag);
        break;
      case "refresh":
        await stack.refresh();
        break;
      case "wait":
        world.pass(step.milliseconds);
        break;
      case "join":
      case "leave":
        world.byHand(() => {
          world[step.kind](step.who);
        });
        // The roster notices that a member it saw is none when it gives roles, and adds the person again; if the
        // answer to that is lost as well, it takes the membership for somebody else's. So the list catches up here.
        if (step.kind === "leave") world.pass(world.lag);
        break;
      case "give":
      case "take":
        world.byHand(() => {
          world[step.kind](step.who, step.what);
        });
        break;
    }
  }
  // The storms are over.
  world.begin([]);
  world.pass(20 * 60_000);
}

async function expectKept(history: readonly Step[], last: Declared, lag: number): Promise<void> {
  const world = new World();
  world.lag = lag;
  const stack = new ModelStack(world);
  await live(world, stack, history);
  const told = () => world.log.join("\n");
  world.log.push("the end");
  await stack.refresh();
  if ((await stack.up(last)) !== "done") throw new Error(`the last up was not done\n${told()}`);
  world.pass(20 * 60_000);
  if (!(await stack.isSettled(last))) throw new Error(`a preview still sees changes\n${told()}`);
  const wanted = new Set(thingsIn(last));
  const missing = [...wanted].filter((thing) => !world.things().includes(thing));
  const leftOver = world.ofTheRoster().filter((thing) => !wanted.has(thing));
  if (missing.length + leftOver.length + world.violations.length > 0) {
    throw new Error(
      `missing ${missing.join()}; left over ${leftOver.join()}; ${world.violations.join()}\n${told()}`,
    );
  }
  world.log.push("destroy");
  expect(await stack.destroy()).toBe("done");
  if (world.violations.length > 0) throw new Error(`${world.violations.join()}\n${told()}`);
  const after = world.ofTheRoster();
  if (after.length > 0) throw new Error(`destroy left ${after.join()}\n${told()}`);
}

describe("an additive roster", () => {
  test("keeps its promise through logins, changes by hand and lost answers", async () => {
    await fc.assert(
      fc.asyncProperty(steps(["lost before", "lost after"]), declared, (history, last) =>
        expectKept(history, last, 0),
      ),
      { numRuns: Number(process.env.HISTORIES ?? 200) },
    );
  });

  test("keeps it when the list lags behind, too", async () => {
    await fc.assert(
      fc.asyncProperty(
        steps(["lost before", "lost after"]),
        declared,
        fc.constantFrom(50, 3_000),
        expectKept,
      ),
      { numRuns: Number(process.env.HISTORIES ?? 200) },
    );
  });

  test("keeps it when it is killed, too", async () => {
    const all: readonly Mishap[] = ["lost before", "lost after", "killed before", "killed after"];
    await fc.assert(fc.asyncProperty(steps(all), declared, fc.constantFrom(0, 50, 3_000), expectKept), {
      numRuns: Number(process.env.HISTORIES ?? 300),
    });
  });
});
