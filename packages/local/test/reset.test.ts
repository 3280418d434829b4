import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { twinHome } from "../src/home.ts";
import { resetTwin } from "../src/reset.ts";

test("a reset takes the stack, the demo and the fleet, and leaves what is somebody else's", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ai-api-access-reset-"));
  const before = process.env.AI_API_ACCESS_TWIN;
  process.env.AI_API_ACCESS_TWIN = folder;
  try {
    twinHome();
    for (const name of ["demo", "fleet", ".fleet"])
      mkdirSync(join(folder, name, "state"), { recursive: true });
    for (const name of ["app-config.json", "unfinished", "notes.txt"]) writeFileSync(join(folder, name), "");
    await resetTwin();
    const left = readdirSync(folder).filter((name) => !name.includes("lock.sqlite"));
    expect(left).toEqual(["notes.txt"]);
  } finally {
    if (before === undefined) delete process.env.AI_API_ACCESS_TWIN;
    else process.env.AI_API_ACCESS_TWIN = before;
    rmSync(folder, { recursive: true });
  }
});
