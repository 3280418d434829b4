/** Claim: a rate limit, failing answers and lost connections slow a roster down or stop it, and leave nothing wrong. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { userId } from "../../../../bench/members/crowd.ts";
import { RosterStack } from "../support/roster-stack.ts";

let stack: RosterStack;
beforeEach(async () => {
  stack = await RosterStack.born(120);
});
afterEach(() => stack.close());

const people = (from: number, to: number) =>
  Object.fromEntries(Array.from({ length: to - from }, (_, at) => [userId(from + at), ["reader"]]));

function expected(declared: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const [reader] = stack.tenant.roles;
  return Object.fromEntries(Object.keys(declared).map((user) => [user, [reader]]));
}

const answered = (requests: ReturnType<RosterStack["tenant"]["tenant"]["requests"]>, status: number) =>
  requests.filter((request) => request.status === status).length;

describe("a roster in a storm", () => {
  test("waits out refusals for the rate limit and comes to its end", async () => {
    const { tenant } = stack.tenant;
    tenant.faults.add({
      path: "/api/v2/**",
      probability: 0.3,
      count: 25,
      seed: 7,
      effect: { kind: "status", status: 429 },
    });
    tenant.faults.add({
      path: "/api/v2/**",
      probability: 0.1,
      count: 4,
      seed: 8,
      effect: { kind: "status", status: 503, when: "after" },
    });
    tenant.faults.add({
      path: "/api/v2/**",
      probability: 0.1,
      count: 4,
      seed: 9,
      effect: { kind: "drop", when: "after" },
    });
    const declared = people(0, 60);
    stack.declare(declared);
    await stack.run("up");
    expect(answered(tenant.requests(), 429)).toBeGreaterThan(5);
    expect(stack.tenant.holdings()).toEqual(expected(declared));
    tenant.faults.clear();
    tenant.clearRequests();
    expect((await stack.run("preview")).changes).toEqual({ same: 5 });
    expect(tenant.requests()).toEqual([]);
  });

  test("stops when the network is gone, keeps what was reached, and does the rest the next time", async () => {
    const { tenant } = stack.tenant;
    await stack.tenant.join(userId(2));
    tenant.clearRequests();
    const declared = people(0, 100);
    stack.declare(declared);
    tenant.faults.add({
      path: "/api/v2/organizations/**",
      skip: 42,
      effect: { kind: "drop", when: "after" },
    });
    await expect(stack.run("up")).rejects.toThrow(
      /does not answer: .*\d+ done, \d+ left: the next `pulumi up` does the rest/,
    );
    tenant.faults.clear();
    // Gone by now: what the first run had sent without an answer.
    const reached = Object.keys(stack.tenant.holdings()).length;
    expect(reached).toBeGreaterThan(10);
    tenant.clearRequests();
    await stack.run("up");
    expect(stack.tenant.holdings()).toEqual(expected(declared));
    const again = tenant.requests().filter(({ method }) => method !== "GET");
    expect(again.length).toBeLessThan(10 + 100 + 1 - 30);
    stack.declare(people(100, 101));
    await stack.run("up");
    expect(stack.tenant.holdings()).toEqual({ [userId(2)]: [], ...expected(people(100, 101)) });
  });
});
