/**
 * Claim: a rate limit, failing answers and lost connections slow a roster down or stop it, and leave nothing wrong.
 * The tests follow one another, on one stack.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { userId } from "@ai-api-access/testing/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

let stack: RosterStack;
beforeAll(async () => {
  stack = await RosterStack.create(120);
});
afterAll(() => stack.close());

const people = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, at) => [userId(from + at), ["reader"]]));

function withReader(declared: Readonly<Record<string, unknown>>): Record<string, string[]> {
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
