/** Both commands as a person runs them, on a stack that the Pulumi CLI keeps: the doctor's advice is followed. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { z } from "zod";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { buildByHand } from "./by-hand.ts";
import { RealTestStack } from "./real-stack.ts";

let twin: TestTwin;
let stack: RealTestStack;
beforeAll(async () => {
  twin = await TestTwin.start();
  await buildByHand(twin.tenants.access);
  stack = await RealTestStack.begin(twin);
});
afterAll(async () => {
  stack.remove();
  await twin.close();
});

const reportSchema = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ subject: z.string(), status: z.string(), next: z.string().optional() })),
});

/** What the doctor finds wrong but for the language host, which a CLI that was built does not have. */
async function wrongs() {
  const { stdout, exitCode } = await stack.run("doctor", "--json");
  expect(exitCode).toBe(1);
  const { checks, healthy } = reportSchema.parse(JSON.parse(stdout));
  expect(healthy).toBe(false);
  return checks.filter(({ subject, status }) => status === "wrong" && subject !== "tools");
}

test("the doctor finds the names taken and says how to adopt, which leaves nothing to change and nothing wrong", async () => {
  twin.clearRequests();
  const before = twin.holdings();
  const taken = await wrongs();
  expect(new Set(taken.map(({ subject }) => subject))).toEqual(new Set(["names that must be free"]));
  expect(new Set(taken.map(({ next }) => next))).toEqual(
    new Set(["if it is this stack's own: npx ai-api-access adopt --stack dev; else choose another name"]),
  );

  const { stdout, stderr, exitCode } = await stack.run("adopt");
  expect(stderr).toBe("");
  expect(stdout).toContain("Done. The next `up` of stack dev changes nothing in the tenants.");
  expect(exitCode).toBe(0);

  expect(await wrongs()).toEqual([]);
  expect((await stack.run("adopt")).stdout).toContain("= 21 in the stack already");
  expect(twin.writes()).toEqual([]);
  expect(twin.holdings()).toEqual(before);
});
