/** A kill can cut off the writing of the engine's state file. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestTwin } from "../support/twin";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.born();
});
afterAll(() => twin.close());

test("a state file that was cut off is put back as it was before, and the next up goes on", async () => {
  await twin.run("up");
  await twin.run("up");
  const file = join(twin.home.state, ".pulumi/stacks/ai-api-access/local.json");
  expect(existsSync(file)).toBe(true);
  writeFileSync(file, "");
  expect((await twin.run("up")).changes).toEqual({ same: 27 });
});
