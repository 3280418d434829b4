/** The GitHub workflows: what they may do, what they run, and that the actions they use cannot change under them. */
import { describe, expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";

const FOLDER = join(repositoryRoot, ".github/workflows");
const files = readdirSync(FOLDER).filter((name) => name.endsWith(".yml"));

const stepSchema = z.looseObject({
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const workflowSchema = z.looseObject({
  on: z.record(z.string(), z.unknown()),
  permissions: z.strictObject({}),
  jobs: z.record(
    z.string(),
    z.looseObject({
      "timeout-minutes": z.number(),
      environment: z.string().optional(),
      permissions: z.record(z.string(), z.enum(["read", "write"])),
      steps: z.array(stepSchema),
    }),
  ),
});
/** The CLI that the engine's tests run on. */
const CLI_VERSION = /pulumi\/pkg\/v3 v(\S+)/.exec(
  readFileSync(join(repositoryRoot, "tools/pulumi-cli/go.mod"), "utf8"),
)?.[1];

const scriptsSchema = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = scriptsSchema.parse(
  JSON.parse(readFileSync(join(repositoryRoot, "package.json"), "utf8")),
);

const INSTALL = /^npm ci(?: --ignore-scripts)?(?: --omit=dev)?$/;
/** The scripts that are no commands of this repository: they push the branch of the template, and make a release. */
const PUBLISH = /^gh auth setup-git\n(?:git .*\n)+$|^gh release create "\$GITHUB_REF_NAME" .*\n$/;
/** The jobs whose token may write to the repository. */
const WRITING = ["template.yml template", "release.yml publish"];

const textOf = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const workflow = (name: string) => workflowSchema.parse(parse(textOf(name)));

test("the workflows are those that the documentation names", () => {
  expect(files.sort()).toEqual([
    "checks.yml",
    "deploy.yml",
    "drift.yml",
    "preview.yml",
    "release.yml",
    "soak.yml",
    "template.yml",
    "twin-preview.yml",
  ]);
  const documented = readFileSync(join(repositoryRoot, "docs/pull-requests.md"), "utf8");
  expect(files.filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
});

describe.each(files)("%s", (name) => {
  const steps = Object.values(workflow(name).jobs).flatMap((job) => job.steps);

  test("every command is an npm script of this repository or its own command, or installs it", () => {
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands.some((command) => INSTALL.test(command))).toBe(true);
    for (const command of commands.filter((each) => !INSTALL.test(each) && !PUBLISH.test(each))) {
      // One script or subcommand, its own arguments, and nothing that a shell would make more of.
      const [, script] = /^npm (?:run )?([\w:-]+)(?: -- [\w./^ -]+)?$/.exec(command) ?? [];
      const [, subcommand] = /^npx ai-api-access ([\w-]+)(?: [\w./^ -]+)?$/.exec(command) ?? [];
      const known =
        (script !== undefined && script in scripts) ||
        (subcommand !== undefined &&
          existsSync(join(repositoryRoot, "packages/cli/src", subcommand, "register.ts")));
      expect({ command, known }).toEqual({ command, known: true });
    }
  });

  test("every action is pinned by a whole commit, with its version beside it", () => {
    const lines = textOf(name)
      .split("\n")
      .filter((line) => line.includes("uses:"));
    expect(lines).toHaveLength(steps.filter(({ uses }) => uses !== undefined).length);
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("what packages bring does not run beside a token, and the CLI is the one that the tests run on", () => {
    for (const job of Object.values(workflow(name).jobs)) {
      const writes = Object.values(job.permissions).includes("write");
      const installs = job.steps.flatMap(({ run = "" }) => (INSTALL.test(run) ? [run] : []));
      if (writes) for (const run of installs) expect(run).toContain("--ignore-scripts");
      for (const { uses = "", with: inputs } of job.steps) {
        if (uses.startsWith("pulumi/actions@")) expect(inputs["pulumi-version"]).toBe(CLI_VERSION);
      }
    }
  });

  test("nothing is written to the repository but the template's branch and releases, no token stays behind, and no long-lived one is used", () => {
    for (const { uses = "", with: inputs } of steps) {
      if (uses.startsWith("actions/checkout@"))
        expect(inputs).toMatchObject({ "persist-credentials": false });
    }
    expect(textOf(name)).not.toMatch(/secrets\.|PULUMI_ACCESS_TOKEN|pull_request_target/);
    for (const [job, { permissions }] of Object.entries(workflow(name).jobs)) {
      expect(permissions.contents).toBe(WRITING.includes(`${name} ${job}`) ? "write" : "read");
      expect(["id-token", "pull-requests", "contents", "attestations"]).toEqual(
        expect.arrayContaining(Object.keys(permissions)),
      );
    }
  });
});

test("who deploys is told by the environment, and who only looks gets a token of a team that may read", () => {
  for (const name of files) {
    for (const { environment, steps } of Object.values(workflow(name).jobs)) {
      const login = steps.find(({ uses = "" }) => uses.startsWith("pulumi/auth-actions@"));
      if (login === undefined) continue;
      const type = "urn:pulumi:token-type:access_token:";
      const expected =
        environment === undefined
          ? { "requested-token-type": `${type}team`, scope: "team:${{ vars.PULUMI_READ_TEAM }}" }
          : { "requested-token-type": `${type}organization` };
      expect({ name, ...login.with }).toMatchObject(expected);
      const updates = steps.some(({ with: inputs }) => inputs.command === "up");
      expect({ name, updates }).toEqual({ name, updates: environment !== undefined });
    }
  }
});

test("the twin's preview runs for forks and may read the code, nothing more", () => {
  const { on, jobs } = workflow("twin-preview.yml");
  expect(Object.keys(on)).toEqual(["pull_request"]);
  expect(Object.values(jobs).map(({ permissions }) => permissions)).toEqual([{ contents: "read" }]);
  expect(textOf("twin-preview.yml")).not.toMatch(/\$\{\{(?! github\.ref )/);
});

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";
const hasGo = spawnSync("go", ["version"]).status === 0;
if (!hasGo) console.log("Go is not on PATH: actionlint, which it fetches and builds, is skipped.");

(hasGo ? test : test.skip)(
  "actionlint finds nothing",
  () => {
    // Outside of the repository, so that no go.mod of it is read.
    const cwd = mkdtempSync(join(tmpdir(), "actionlint-"));
    try {
      const paths = files.map((name) => join(FOLDER, name));
      // Without the checkers of other languages, which are not on every machine: each script is one command here.
      const args = ["run", ACTIONLINT, "-no-color", "-shellcheck=", "-pyflakes=", ...paths];
      const { status, stdout, stderr } = spawnSync("go", args, { cwd, encoding: "utf8" });
      expect({ status, stdout, stderr: status === 0 ? "" : stderr }).toEqual({
        status: 0,
        stdout: "",
        stderr: "",
      });
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  },
  300_000,
);
