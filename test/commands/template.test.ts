/** `template/`: in step with the program, and what `pulumi new` makes of it, on the real engine. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { linkModules } from "../../commands/pr-preview/modules.ts";
import { run } from "../../commands/shared/command.ts";
import { followingFiles, isExecutable, tracked, WRITTEN_BY_HAND } from "../../commands/template/contents.ts";
import { findEngine } from "../../local/engine/index.ts";
import { repositoryRoot } from "../../local/machine/folders.ts";
import { twinEnvironment } from "../../local/twin/environment.ts";
import { providerConfig } from "../../local/twin/project.ts";
import { standIns } from "../../local/twin/providers.ts";
import { TestTwin } from "../support/twin";

// A whole life of a stack, in commands of the CLI.
jest.setTimeout(300_000);

const FOLDER = join(repositoryRoot, "template");
/** The CLI with a stand-in for the official language host. */
const HOST = join(repositoryRoot, "bench/host/main.ts");

describe("the template", () => {
  const following = followingFiles(repositoryRoot);

  test("has exactly the files that a project needs", () => {
    const wanted = [...WRITTEN_BY_HAND, ...following.map(({ path }) => path)];
    expect(tracked(FOLDER, ["."]).sort()).toEqual(wanted.sort());
  });

  test("has them as the program has them; if not: npm run template", () => {
    const stale = following.filter(({ path, text, executable }) => {
      const file = join(FOLDER, path);
      return readFileSync(file, "utf8") !== text || isExecutable(file) !== executable;
    });
    expect(stale.map(({ path }) => path)).toEqual([]);
  });

  test("runs the program as this repository's project does", () => {
    const [ours, theirs] = [repositoryRoot, FOLDER].map((folder) => projectIn(folder));
    expect(theirs?.runtime).toEqual(ours?.runtime);
    expect(theirs?.plugins).toEqual(ours?.plugins);
  });

  test("has nothing in its copies that `pulumi new` would take for its own", () => {
    const replaced = following.filter(({ text }) => /\$\{(?:PROJECT|DESCRIPTION)\}/.test(text));
    expect(replaced.map(({ path }) => path)).toEqual(["package.json"]);
  });
});

describe("a project that `pulumi new` made of it", () => {
  let twin: TestTwin;
  let folder: string;
  beforeAll(async () => {
    twin = await TestTwin.born();
    folder = mkdtempSync(join(tmpdir(), "ai-api-access-new-"));
  });
  afterAll(async () => {
    await twin.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the CLI in the project, on the tenants of the twin. */
  async function pulumi(...args: string[]): Promise<string> {
    const { command } = await findEngine();
    const typed = [HOST, command, ...args, "--non-interactive", "--color", "never"];
    const { code, all } = await run(process.execPath, typed, {
      cwd: folder,
      env: twinEnvironment(twin.home, twin.tenants.access, standIns()),
    });
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}: ${all}`);
    return all;
  }

  test("carries its own name, and brings up the stack that this repository's does", async () => {
    const said = await pulumi(
      "new",
      FOLDER,
      "--name",
      "who-gets-in",
      "--description",
      "Who gets in",
      "--generate-only",
      "--yes",
      "--force",
    );
    expect(said).toContain("Created project 'who-gets-in'");
    expect(projectIn(folder)).toMatchObject({ name: "who-gets-in", description: "Who gets in" });
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/^# who-gets-in\n\nWho gets in\n/);
    expect(isExecutable(join(folder, "roster/pulumi-resource-roster"))).toBe(true);

    fillIn();
    linkModules(repositoryRoot, folder);
    await pulumi("stack", "init", "dev");
    expect(await pulumi("up", "--yes", "--skip-preview")).toContain("+ 27 created");
    expect(await pulumi("preview", "--expect-no-changes")).toContain("27 unchanged");
    const outputs: unknown = JSON.parse(await pulumi("stack", "output", "--json"));
    expect(outputs).toMatchObject({
      organizationName: "my-awesome-company",
      oktaScopes: ["ai:read", "ai:write"],
    });
  });

  /** The values of the local stack, and the plugins that answer for the tenants. */
  function fillIn(): void {
    const local = z
      .object({ config: z.record(z.string(), z.unknown()) })
      .parse(parse(readFileSync(join(repositoryRoot, "Pulumi.local.yaml"), "utf8")));
    const config = { ...local.config, ...providerConfig(twin.tenants.access) };
    writeFileSync(join(folder, "Pulumi.dev.yaml"), stringify({ config }));
    const project = projectIn(folder);
    const providers = [...project.plugins.providers, ...standIns().paths];
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, plugins: { providers } }));
  }
});

const projectSchema = z.looseObject({
  name: z.string(),
  runtime: z.unknown(),
  plugins: z.object({ providers: z.array(z.object({ name: z.string(), path: z.string() })) }),
});

function projectIn(folder: string): z.output<typeof projectSchema> {
  return projectSchema.parse(parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")));
}
