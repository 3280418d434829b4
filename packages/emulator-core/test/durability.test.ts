/** Both tenants in a process of their own, written to without pause and killed (`kill -9`). */
import { expect, test } from "@jest/globals";
import { killWhileWriting } from "../../../bench/durability/kills.ts";

// `npm run bench -- durability` does the same with 200 kills.
const KILLS = 3;

test(`after ${String(KILLS)} kills under writes nothing acknowledged is lost, nothing is torn`, async () => {
  const { tenants } = await killWhileWriting({ kills: KILLS, seed: 7, writers: 4 });
  expect(tenants).toMatchObject([
    { vendor: "auth0", findings: [], integrity: "ok" },
    { vendor: "okta", findings: [], integrity: "ok" },
  ]);
  // Enough was written and hit to find a fault in.
  for (const { acknowledged, unanswered } of tenants) {
    expect(acknowledged).toBeGreaterThan(10);
    expect(unanswered.applied + unanswered.notApplied).toBeGreaterThan(0);
  }
});
