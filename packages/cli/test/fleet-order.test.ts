import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFleet, type Outcome } from "../src/fleet/fleet.ts";
import { Journal } from "../src/fleet/journal.ts";
import { argumentsFor } from "../src/fleet/real.ts";
import type { FleetCommand } from "../src/fleet/stack.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fleet-order-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const STACKS = ["customer-a", "customer-b", "other", "zz-base"].map((name) => `acme/ai-api-access/${name}`);
const BASES = new Map([
  ["customer-a", "zz-base"],
  ["customer-b", "zz-base"],
]);

/** What is begun and ended, in that order, when some stacks fail. */
async function ran(command: FleetCommand, failing: readonly string[] = [], bases = BASES) {
  const order: string[] = [];
  const stacks = STACKS.map((name) => ({
    name,
    async run() {
      const short = name.split("/").at(-1) ?? "";
      order.push(`${short} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${short} ends`);
      return failing.includes(short)
        ? { code: 1, output: "error: refused\n" }
        : { code: 0, output: "Resources:\n    3 unchanged\n" };
    },
  }));
  const outcomes = await runFleet({
    ...{ stacks, command, bases, parallel: 4, logs: join(folder, "logs") },
    journal: Journal.begin(join(folder, "journal.json"), "--stacks '*'"),
    signal: new AbortController().signal,
    say: () => undefined,
  });
  return { order, outcomes: outcomes.map(withoutLog) };
}
const withoutLog = ({ name, kind, ...more }: Outcome) => ({
  ...{ name: name.split("/").at(-1), kind },
  ...("after" in more ? { after: more.after } : {}),
});

test("a base stack goes up before those on top of it, and is destroyed after them", async () => {
  const up = (await ran("up")).order;
  expect(up.indexOf("zz-base ends")).toBeLessThan(up.indexOf("customer-a begins"));
  expect(up.indexOf("zz-base ends")).toBeLessThan(up.indexOf("customer-b begins"));
  const down = (await ran("destroy")).order;
  expect(down.indexOf("customer-a ends")).toBeLessThan(down.indexOf("zz-base begins"));
  expect(down.indexOf("customer-b ends")).toBeLessThan(down.indexOf("zz-base begins"));
});

test("what waits for a stack that failed is not begun, and all else is", async () => {
  const after = "acme/ai-api-access/zz-base";
  expect((await ran("up", ["zz-base"])).outcomes).toEqual([
    { name: "customer-a", kind: "not begun", after },
    { name: "customer-b", kind: "not begun", after },
    { name: "other", kind: "done" },
    { name: "zz-base", kind: "failed" },
  ]);
  expect((await ran("destroy", ["customer-b"])).outcomes).toEqual([
    { name: "customer-a", kind: "done" },
    { name: "customer-b", kind: "failed" },
    { name: "other", kind: "done" },
    { name: "zz-base", kind: "not begun", after: "acme/ai-api-access/customer-b" },
  ]);
});

test("stacks that are a base of one another are run without an order", async () => {
  const circle = new Map([
    ["customer-a", "customer-b"],
    ["customer-b", "customer-a"],
    ["zz-base", "customer-a"],
  ]);
  const { outcomes } = await ran("up", [], circle);
  expect(outcomes.every(({ kind }) => kind === "done")).toBe(true);
});

test("a destroy previews, so that something protected refuses it before anything is deleted", () => {
  expect(argumentsFor("destroy", "customer-acme")).toContain("--yes");
  expect(argumentsFor("destroy", "customer-acme")).not.toContain("--skip-preview");
  expect(argumentsFor("up", "customer-acme")).toContain("--skip-preview");
});
