/** A kill can cut off the writing of the engine's state file. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

test("state files that were cut off are put back as they were before, and the next up goes on", async () => {
  await twin.run("up");
  await twin.run("up");
  const file = join(twin.home.state, ".pulumi/stacks/ai-api-access/local.json");
  for (const cutOff of [file, `${file}.attrs`, `${file}.bak.attrs`]) {
    expect(existsSync(cutOff)).toBe(true);
    writeFileSync(cutOff, "");
  }
  expect((await twin.run("up")).changes).toEqual({ same: 26 });
});
