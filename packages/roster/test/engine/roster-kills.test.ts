/**
 * Claim: whatever is killed in the middle of a roster's work, the next up ends with exactly what is declared, and the
 * roster still knows whom it added: they leave when they are not declared anymore, and nobody else does.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { leftAfter, processTree } from "../../../../bench/kills/processes.ts";
import type { Process } from "../../../../bench/kills/processes.ts";
import { userId } from "../../../../bench/members/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

const CROWD = 120;
const joined = userId(3);
const unknown = userId(CROWD - 1);

let stack: RosterStack;
beforeEach(async () => {
  stack = await RosterStack.born(CROWD);
  // Two are there before: one who is declared as well, and one who is not.
  await stack.tenant.join(joined, unknown);
  stack.tenant.takeRequests();
  stack.tenant.tenant.faults.add({ path: "/api/v2/organizations/**", effect: { kind: "latency", ms: 60 } });
});
afterEach(() => stack.close());

const people = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, at) => [userId(from + at), ["reader"]]));

const countWrites = () => stack.tenant.tenant.requests().filter(({ method }) => method !== "GET").length;

/** Sends a signal in the middle of an up, after so many writes; gives what the run said, and the plugin's process. */
async function interrupted(
  victim: "CLI" | "plugin",
  signal: "SIGKILL" | "SIGINT",
  writes: number,
): Promise<{ output: string; plugins: Process[] }> {
  stack.tenant.tenant.clearRequests();
  const run = stack.run("up").then(
    ({ output }) => output,
    (error: unknown) => String(error),
  );
  const ended = run.then(() => "ended" as const);
  while (countWrites() < writes)
    if ((await Promise.race([ended, sleep(5)])) === "ended")
      throw new Error(`The run ended after ${countWrites()} writes: ${writes} were waited for. ${await run}`);
  const tree = await processTree(process.pid);
  const plugins = tree.filter(({ command }) => command.includes("launch.mjs"));
  const cli = tree.filter(({ command }) => /\bpulumi up\b/.test(command));
  for (const { pid } of victim === "CLI" ? cli : plugins) process.kill(pid, signal);
  const output = await run;
  return { output, plugins };
}

/** The organization as it should be: those who were there, and the declared with their role. */
function expected(declared: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const [reader] = stack.tenant.roles;
  return {
    [joined]: [],
    [unknown]: [],
    ...Object.fromEntries(Object.keys(declared).map((user) => [user, [reader]])),
  };
}

async function expectGood(declared: Readonly<Record<string, readonly string[]>>): Promise<void> {
  await stack.run("up");
  expect(stack.tenant.holdings()).toEqual(expected(declared));
  // Who was added before the kill is still known to be ours.
  stack.declare({ [userId(0)]: ["reader"] });
  await stack.run("up");
  expect(stack.tenant.holdings()).toEqual(expected({ [userId(0)]: [] }));
  expect((await stack.run("preview")).changes).toEqual({ same: 5 });
}

const somewhere = (most: number) => 1 + Math.floor(Math.random() * most);

describe("a roster that is killed", () => {
  test.each([
    ["plugin", somewhere(100)],
    ["CLI", somewhere(20)],
  ] as const)("kill -9 of the %s in the first up, after %i writes", async (victim, writes) => {
    const declared = people(0, 100);
    stack.declare(declared);
    const { plugins } = await interrupted(victim, "SIGKILL", writes);
    expect(await leftAfter(8_000, plugins)).toEqual([]);
    const before = countWrites();
    await sleep(500);
    expect(countWrites()).toBe(before);
    // An orphan would have gone on to the end.
    expect(before).toBeLessThan(110);
    if (victim === "CLI") await stack.stack.cancel();
    await expectGood(declared);
  });

  // It takes 58 writes: 5 that add 50 people, 50 of their roles, 3 that take 30 people away.
  test.each([somewhere(50)])(
    "kill -9 of the CLI in an update that swaps people, after %i writes",
    async (writes) => {
      stack.declare(people(0, 60));
      await stack.run("up");
      stack.declare(people(30, 110));
      const { plugins } = await interrupted("CLI", "SIGKILL", writes);
      expect(await leftAfter(8_000, plugins)).toEqual([]);
      await stack.stack.cancel();
      // The code changes once more before anybody comes to mend it.
      const declared = people(40, 90);
      stack.declare(declared);
      await expectGood(declared);
    },
  );

  test("Ctrl-C keeps what was reached, and the next up does the rest and nothing twice", async () => {
    const declared = people(0, 100);
    stack.declare(declared);
    const { output } = await interrupted("CLI", "SIGINT", 40);
    expect(output).toMatch(
      /the engine asked to stop\. \d+ done, \d+ left: the next `pulumi up` does the rest/,
    );
    const first = countWrites();
    stack.tenant.tenant.clearRequests();
    await stack.run("up");
    expect(stack.tenant.holdings()).toEqual(expected(declared));
    expect(first + countWrites()).toBeLessThanOrEqual(10 + 100 + 2);
    await expectGood(declared);
  });

  test("destroy after a kill takes away what the killed run had added", async () => {
    stack.declare(people(0, 50));
    await stack.run("up");
    // 70 writes: 6 that add 60 people, 60 of their roles, 4 that take 40 people away.
    stack.declare(people(40, 110));
    await interrupted("plugin", "SIGKILL", somewhere(60));
    await stack.run("destroy");
    expect(stack.tenant.holdings()).toEqual({ [joined]: [], [unknown]: [] });
  });
});
