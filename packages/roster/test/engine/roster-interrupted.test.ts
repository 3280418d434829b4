/**
 * Claims: a rate limit, failing answers and lost connections slow a roster down or stop it, and leave nothing wrong.
 * Whatever is killed in the middle of its work, the next `up` brings in everybody declared, nobody who was never
 * declared leaves, and no process goes on working. The tests follow one another, on one stack.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { leftAfter, processTree } from "@ai-api-access/testing/processes.ts";
import { userId } from "@ai-api-access/testing/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

const CROWD = 120;
const stranger = userId(CROWD - 1);

let stack: RosterStack;
beforeAll(async () => {
  stack = await RosterStack.create(CROWD);
});
afterAll(() => stack.close());

type People = Readonly<Record<string, readonly string[]>>;

const people = (from: number, to: number): People =>
  Object.fromEntries(Array.from({ length: to - from }, (_, at) => [userId(from + at), ["reader"]]));

/** Once a run has made so many writes as it is to make, each further request takes so many milliseconds. */
const SLOW = 800;

const countWrites = () => stack.tenant.tenant.requests().filter(({ method }) => method !== "GET").length;

/**
 * Sends a signal in the middle of an up, after so many writes; gives what the run said. No process of
 * it is left then, and what was under way has reached the tenant.
 */
async function interrupted(
  victim: "CLI" | "plugin",
  signal: "SIGKILL" | "SIGINT",
  writes: number,
): Promise<string> {
  const { tenant } = stack.tenant;
  tenant.clearRequests();
  // One more for the list.
  tenant.faults.add({
    path: "/api/v2/organizations/**",
    skip: writes + 1,
    effect: { kind: "latency", ms: SLOW },
  });
  const run = stack.run("up").then(
    ({ output }) => output,
    (error: unknown) => String(error),
  );
  const ended = run.then(() => "ended" as const);
  while (countWrites() < writes) {
    if ((await Promise.race([ended, sleep(5)])) === "ended") {
      throw new Error(`The run ended after ${countWrites()} writes: ${writes} were waited for. ${await run}`);
    }
  }
  const tree = await processTree(process.pid);
  const plugins = tree.filter(({ command }) => command.includes("launch.mjs"));
  const cli = tree.filter(({ command }) => /\bpulumi up\b/.test(command));
  for (const { pid } of victim === "CLI" ? cli : plugins) process.kill(pid, signal);
  const output = await run;
  expect(await leftAfter(25_000, plugins)).toEqual([]);
  tenant.faults.clear();
  await sleep(SLOW + 100);
  return output;
}

/** Who is in the organization apart from the stranger, who is always there. */
function holdings(): Readonly<Record<string, readonly string[]>> {
  const { [stranger]: roles, ...others } = stack.tenant.holdings();
  expect(roles).toEqual([]);
  return others;
}

function withReader(declared: People): Record<string, readonly string[]> {
  const [reader] = stack.tenant.roles;
  return Object.fromEntries(Object.keys(declared).map((user) => [user, [reader]]));
}

describe("a roster in a storm", () => {
  test("waits out refusals for the rate limit, tries again, and comes to its end", async () => {
    const { tenant } = stack.tenant;
    const path = "/api/v2/**";
    tenant.faults.add({
      path,
      probability: 0.3,
      count: 10,
      seed: 7,
      effect: { kind: "status", status: 429 },
    });
    const failing = { path, probability: 0.1, count: 4 };
    tenant.faults.add({ ...failing, seed: 8, effect: { kind: "status", status: 503, when: "after" } });
    tenant.faults.add({ ...failing, seed: 9, effect: { kind: "drop", when: "after" } });
    const declared = people(0, 50);
    stack.declare(declared);
    await stack.run("up");
    expect(tenant.requests().filter(({ status }) => status === 429).length).toBeGreaterThan(5);
    expect(stack.tenant.holdings()).toEqual(withReader(declared));
    tenant.faults.clear();
    tenant.clearRequests();
    expect((await stack.run("preview")).changes).toEqual({ same: 4 });
    expect(tenant.requests()).toEqual([]);
  });

  test("stops when the network is gone, keeps what was reached, and does the rest the next time", async () => {
    const { tenant } = stack.tenant;
    tenant.clearRequests();
    const declared = people(20, 110);
    stack.declare(declared);
    // It makes 68: 2 that remove 20 people, 6 that add 60, 60 of their roles.
    tenant.faults.add({
      path: "/api/v2/organizations/**",
      skip: 32,
      effect: { kind: "drop", when: "after" },
    });
    await expect(stack.run("up")).rejects.toThrow(
      /gives no answer: .*\d+ done, \d+ left: the next `pulumi up` does the rest/,
    );
    tenant.faults.clear();
    expect(Object.keys(stack.tenant.holdings()).length).toBeGreaterThan(40);
    tenant.clearRequests();
    await stack.run("up");
    expect(stack.tenant.holdings()).toEqual(withReader(declared));
    const again = tenant.requests().filter(({ method }) => method !== "GET");
    expect(again.length).toBeLessThan(68 - 20);
  });
});

describe("a roster that is killed", () => {
  beforeAll(async () => {
    await stack.run("destroy");
    // One of the declared is there before, and one who is never declared.
    await stack.tenant.join(userId(3), stranger);
  });

  test("kill -9 of the plugin and then of the CLI in the first up: the next up does the rest", async () => {
    const declared = people(0, 60);
    stack.declare(declared);
    // It makes 66 writes: 6 that add 60 people, and 60 of their roles.
    await interrupted("plugin", "SIGKILL", 20);
    const reached = Object.keys(holdings()).length;
    expect(reached).toBeGreaterThan(1);
    await interrupted("CLI", "SIGKILL", 3);
    await stack.stack.cancel();
    await stack.run("up");
    expect(holdings()).toEqual(withReader(declared));
    expect((await stack.run("preview")).changes).toEqual({ same: 4 });
  });

  test("kill -9 of the CLI in a swap: the plugin ends with it, and the next up has everybody declared", async () => {
    const killed = people(30, 110);
    stack.declare(killed);
    // It makes 58: 3 that remove 30 people, 5 that add 50, 50 of their roles.
    await interrupted("CLI", "SIGKILL", 25);
    // An orphan would have gone on to the end.
    expect(countWrites()).toBeLessThan(58);
    await stack.stack.cancel();
    // The code changes once more before anybody comes to mend it.
    const declared = people(40, 90);
    stack.declare(declared);
    await stack.run("up");
    expect(holdings()).toMatchObject(withReader(declared));
    // Whom only the killed run declared nobody knows of.
    expect(Object.keys(killed)).toEqual(expect.arrayContaining(Object.keys(holdings())));
    expect(Object.keys(holdings())).not.toContain(userId(30));
  });

  test("Ctrl-C keeps what was reached, and the next up does the rest and nothing twice", async () => {
    const left = Object.keys(holdings()).length;
    const declared = people(0, 90);
    stack.declare(declared);
    // It makes 44: 4 that add 40 people, 40 of their roles.
    const output = await interrupted("CLI", "SIGINT", 20);
    expect(output).toMatch(
      /Stopped before \S+ answered\. \d+ done, \d+ left: the next `pulumi up` does the rest/,
    );
    await stack.run("up");
    expect(holdings()).toMatchObject(withReader(declared));
    expect(Object.keys(holdings())).toHaveLength(left + 40);
    expect(countWrites()).toBeLessThanOrEqual(44 + 2);
  });

  test("destroy after a kill removes everybody that the stack had declared before", async () => {
    stack.declare(people(20, 110));
    // It makes 24: 2 that remove 20 people, 2 that add 20, 20 of their roles.
    await interrupted("plugin", "SIGKILL", 8);
    await stack.run("destroy");
    const known = Object.keys(people(0, 90));
    expect(Object.keys(holdings()).filter((user) => known.includes(user))).toEqual([]);
  });
});
