/** Both commands as a person runs them, on a stack that the Pulumi CLI keeps: the doctor's advice is followed. */
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { tenantEnvironment } from "@ai-api-access/local/tenants/access.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";
import { buildByHand } from "./by-hand.ts";

let twin: TestTwin;
let folder: string;
let environment: Record<string, string>;
beforeAll(async () => {
  twin = await TestTwin.start();
  await buildByHand(twin.tenants.access, { ownConnection: false });
  const engine = await findEngine();
  const { paths, environment: ofPlugins } = standIns();
  folder = mkdtempSync(join(tmpdir(), "adopt-command-"));
  mkdirSync(join(folder, "state"));
  const project = z.looseObject({}).parse(parse(readFileSync(join(repositoryRoot, "Pulumi.yaml"), "utf8")));
  writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, plugins: { providers: paths } }));
  environment = {
    ...tenantEnvironment(twin.tenants.access),
    ...ofPlugins,
    PATH: [dirname(process.execPath), dirname(engine.command), process.env.PATH ?? ""].join(delimiter),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "a passphrase",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  await execute(engine.command, "stack", "init", "dev");
  const file = join(folder, "Pulumi.dev.yaml");
  const local = readFileSync(join(repositoryRoot, "Pulumi.local.yaml"), "utf8");
  writeFileSync(file, `${readFileSync(file, "utf8")}${local}`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await twin.close();
});

interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

function execute(command: string, ...args: string[]): Promise<Ended> {
  return new Promise((ended) => {
    const child = execFile(
      command,
      args,
      { cwd: folder, env: { ...process.env, ...environment } },
      (_error, stdout, stderr) => {
        ended({ exitCode: child.exitCode ?? -1, stdout, stderr });
      },
    );
    child.stdin?.end();
  });
}

const run = (command: string, ...args: string[]) =>
  execute(
    process.execPath,
    join(repositoryRoot, "packages/cli/src/main.ts"),
    command,
    "--stack",
    "dev",
    ...args,
  );

const reportSchema = z.object({
  healthy: z.boolean(),
  checks: z.array(z.object({ subject: z.string(), status: z.string(), next: z.string().optional() })),
});

/** What the doctor finds wrong but for the language host, which a CLI that was built does not have. */
async function wrongs() {
  const { stdout, exitCode } = await run("doctor", "--json");
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

  const { stdout, stderr, exitCode } = await run("adopt");
  expect(stderr).toBe("");
  expect(stdout).toContain("Done. A preview of stack dev is empty: nothing is left to change.");
  expect(exitCode).toBe(0);

  expect(await wrongs()).toEqual([]);
  expect((await run("adopt")).stdout).toContain("= 20 in the stack already");
  expect(twin.writes()).toEqual([]);
  expect(twin.holdings()).toEqual(before);
});
