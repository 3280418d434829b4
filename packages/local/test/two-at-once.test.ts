/** Two people bring the same stack up at the same time: Pulumi's own lock lets one of them, and nothing is lost. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { setTimeout as wait } from "node:timers/promises";
import { CliProject } from "@ai-api-access/testing/cli-project.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

/** As slow as that, the first is still at work when the second comes. */
const LATENCY_MS = 2_000;

let twin: TestTwin;
let project: CliProject;
beforeAll(async () => {
  twin = await TestTwin.start();
  project = new CliProject(twin);
  await project.begin("shared", "A stack of two people");
});
afterAll(async () => {
  await twin.close();
  project.remove();
});

/** The engine writes a state in a file in place, so whoever reads it just then gets half of it, and asks again. */
async function afterTheWriting<T extends { readonly all: string }>(ask: () => Promise<T>): Promise<T> {
  let answer = await ask();
  while (answer.all.includes("failed to load checkpoint")) answer = await ask();
  return answer;
}

test("the second learns who holds the lock and how to go on, and the first one's work is whole", async () => {
  twin.tenants.auth0.faults.add({ effect: { kind: "latency", ms: LATENCY_MS } });
  const first = project.pulumi("up", "--yes", "--skip-preview");
  while (twin.writes().length === 0) await wait(100);
  const second = await afterTheWriting(() => project.pulumi("up", "--yes", "--skip-preview"));
  twin.tenants.auth0.faults.clear();
  const { all: said } = await first;
  expect(second.code).not.toBe(0);
  expect(second.all).toMatch(/the stack is currently locked by 1 lock\(s\).*pulumi cancel/s);

  expect(said).toContain("+ 28 created");
  twin.clearRequests();
  expect(await project.succeeds("preview", "--refresh", "--expect-no-changes")).toContain("28 unchanged");
  expect(twin.writes()).toEqual([]);
});
