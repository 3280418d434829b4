/** The tenants' ports can be taken by somebody else between two runs; then they serve at others. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => {
  twin.remove();
});

test("a run after the tenants moved to other ports talks to them there", async () => {
  await twin.run("up");
  await twin.tenants.close();
  writeFileSync(join(twin.home.folder, "tenants", "ports.json"), JSON.stringify({ auth0: 0, okta: 0 }));
  const moved = await twin.reopened();
  try {
    const { changes } = await moved.run("up");
    expect(changes).toMatchObject({ same: 26 });
    expect((await moved.run("refresh")).changes).not.toHaveProperty("delete");
    expect((await moved.run("preview")).changes).toEqual({ same: 26 });
  } finally {
    await moved.tenants.close();
  }
});
