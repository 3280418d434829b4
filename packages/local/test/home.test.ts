/** What can become of a twin's home between two runs. The tests follow one another. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
  await twin.run("up");
  await twin.run("up");
});
afterAll(() => twin.close());

test("state files that a kill cut off are put back as they were before, and the next up goes on", async () => {
  const file = join(twin.home.state, ".pulumi/stacks/ai-api-access/local.json");
  for (const cutOff of [file, `${file}.attrs`, `${file}.bak.attrs`]) {
    expect(existsSync(cutOff)).toBe(true);
    writeFileSync(cutOff, "");
  }
  expect((await twin.run("up")).changes).toEqual({ same: 28 });
});

test("a run after the tenants moved to other ports talks to them there", async () => {
  await twin.stop();
  // Somebody else has taken theirs, so others are sought.
  writeFileSync(join(twin.home.folder, "tenants", "ports.json"), JSON.stringify({ auth0: 0, okta: 0 }));
  twin = await twin.reopened();
  const { changes } = await twin.run("up");
  expect(changes).toMatchObject({ same: 28 });
  expect((await twin.run("refresh")).changes).not.toHaveProperty("delete");
  expect((await twin.run("preview")).changes).toEqual({ same: 28 });
});
