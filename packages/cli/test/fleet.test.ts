/** One command on many stacks, on the real engine, with one pair of tenants: each organization by itself. */
import { execFile } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import { runFleet } from "../src/fleet/fleet.ts";
import { changesIn } from "../src/fleet/said.ts";
import { Journal } from "../src/fleet/journal.ts";
import { twinFleet } from "../src/fleet/twin.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { withField, type ConfigValues } from "@ai-api-access/local/project.ts";
import * as config from "../../../src/config/index.ts";
import { declareStack } from "../../../src/stack.ts";
import { customer } from "@ai-api-access/testing/customers.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const NAMES = ["customer-a", "customer-b", "customer-c"];

let twin: TestTwin;
beforeAll(async () => {
  twin = await TestTwin.start();
});
afterAll(() => twin.close());

const folder = () => join(twin.home.folder, "fleet");
const files = () => join(twin.home.folder, "files");
const journalFile = () => join(folder(), "up.json");
const configs = (names: readonly string[]) => new Map(names.map((name) => [name, customer(name)]));

const stacksOf = (wanted: ReadonlyMap<string, ConfigValues>) =>
  twinFleet({
    configs: wanted,
    folder: folder(),
    access: twin.tenants.access,
    program: { ...config, declareStack },
  });

/** `npx ai-api-access fleet up --twin`, with the files of the customers in a folder. */
async function fleet(...args: string[]): Promise<{ code: number; output: string }> {
  mkdirSync(files(), { recursive: true });
  for (const [name, values] of configs(NAMES)) {
    // Of customer-b somebody is declared who is unknown to the tenant.
    const members = name === "customer-b" ? [{ email: "newcomer@example.com", roles: [] }] : [];
    const config = withField(values, ["ai-api-access:organization", "members"], members);
    writeFileSync(join(files(), `Pulumi.${name}.yaml`), stringify({ config }));
  }
  return command("fleet", "up", "--stacks", "customer-*", "--parallel", "2", ...args);
}

/** A command for the stacks of the twin whose files lie in the folder. */
function command(...args: string[]): Promise<{ code: number; output: string }> {
  const script = join(repositoryRoot, "packages/cli/src/main.ts");
  const all = [script, ...args, "--twin", "--folder", files()];
  return new Promise((resolve) => {
    const env = { ...process.env, AI_API_ACCESS_TWIN: twin.home.folder };
    execFile(process.execPath, all, { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr });
    });
  });
}

const progress = (output: string) =>
  [...output.matchAll(/^\[\d\/\d\] (customer-.: (?:failed|was done before|\d+ created))/gm)]
    .map(([, line]) => line)
    .toSorted();

test("what fails in one organization does not stop the others, and a resumed run takes up the rest alone", async () => {
  const first = await fleet();
  expect(first.output).toContain("1 name of stack customer-b could not be resolved");
  expect(first.output).toContain("person newcomer@example.com");
  expect(first.output).toContain("1 of 3 are open. Go on with them: the same command with --resume.");
  expect(first.code).toBe(1);
  expect(progress(first.output)).toEqual([
    "customer-a: 18 created",
    "customer-b: failed",
    "customer-c: 18 created",
  ]);

  await twin.byHand("auth0", "POST", "/users", {
    connection: "Username-Password-Authentication",
    email: "newcomer@example.com",
    password: "Correct-horse-1",
  });
  const second = await fleet("--resume");
  expect(progress(second.output)).toEqual([
    "customer-a: was done before",
    "customer-b: 19 created",
    "customer-c: was done before",
  ]);
  expect(second.code).toBe(0);
  const named = z.array(z.object({ name: z.string() }));
  const organizations = await twin.read("auth0", "/organizations", named);
  expect(organizations.map(({ name }) => name).toSorted()).toEqual(NAMES);
});

test("doctor looks at a stack of the twin's fleet, and takes what is in its state for its own", async () => {
  const { code, output } = await command("doctor", "--stack", "customer-a");
  expect(output).toMatch(/✓ names that must be free +none is to be given\n/);
  expect(output).toContain("Nothing stands in the way of `up` of stack customer-a.");
  expect(code).toBe(0);
});

test("the counts are the engine's own, whatever their number of digits", () => {
  const said = (lines: string) => changesIn(`Resources:\n${lines}\nDuration: 1s\n`);
  expect(said("    27 unchanged\n")).toBe("27 unchanged");
  expect(said("    + 18 created\n    ~ 2 updated\n    +-3 replaced\n    22 changes. 10 unchanged\n")).toBe(
    "18 created, 2 updated, 3 replaced, 10 unchanged",
  );
});

test("a run that is stopped begins no further stack", async () => {
  const outcomes = await runFleet({
    stacks: stacksOf(configs(NAMES)),
    command: "up",
    bases: new Map(),
    parallel: 2,
    journal: Journal.begin(journalFile(), "--stacks 'customer-*'"),
    logs: join(folder(), "logs"),
    signal: AbortSignal.abort(),
    say: () => undefined,
  });
  expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["not begun"]));
});

test("a run of other stacks, or of none, cannot be resumed", () => {
  const journal = Journal.begin(journalFile(), "--stacks 'customer-*'");
  expect(() => Journal.resume(journalFile(), "--stacks 'customer-*'")).toThrow("There is nothing to resume");
  journal.done("customer-a");
  expect(() => Journal.resume(journalFile(), "--stacks 'team-*'")).toThrow(
    "The run to resume was of --stacks 'customer-*'",
  );
  journal.end();
  expect(readdirSync(folder())).not.toContain("up.json");
});

test("the mistakes of every configuration are reported together, before anything is begun", () => {
  const before = twin.holdings();
  const wrong = new Map(
    ["customer-x", "customer-y"].map((name) => [name, { ...customer(name), "ai-api-access:api": {} }]),
  );
  expect(() => stacksOf(wrong)).toThrow(/Pulumi\.customer-x\.yaml:[\s\S]+Pulumi\.customer-y\.yaml:/);
  expect(twin.holdings()).toBe(before);
});
