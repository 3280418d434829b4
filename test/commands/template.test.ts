/** `template/`: in step with the program, and what `pulumi new` makes of it, on the real engine. */
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { followingFiles, isExecutable, tracked, WRITTEN_BY_HAND } from "../../commands/template/contents.ts";
import { repositoryRoot } from "../../local/machine/folders.ts";
import { CliProject, projectIn } from "../support/cli-project";
import { TestTwin } from "../support/twin";

// A whole life of a stack, in commands of the CLI.
jest.setTimeout(300_000);

const FOLDER = join(repositoryRoot, "template");

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
  let project: CliProject;
  beforeAll(async () => {
    twin = await TestTwin.born();
    project = new CliProject(twin);
  });
  afterAll(async () => {
    await twin.close();
    project.remove();
  });

  test("carries its own name, and brings up the stack that this repository's does", async () => {
    const said = await project.begin("who-gets-in", "Who gets in");
    expect(said).toContain("Created project 'who-gets-in'");
    const { folder } = project;
    expect(projectIn(folder)).toMatchObject({ name: "who-gets-in", description: "Who gets in" });
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/^# who-gets-in\n\nWho gets in\n/);
    expect(isExecutable(join(folder, "roster/pulumi-resource-roster"))).toBe(true);

    expect(await project.succeeds("up", "--yes", "--skip-preview")).toContain("+ 27 created");
    expect(await project.succeeds("preview", "--expect-no-changes")).toContain("27 unchanged");
    const outputs: unknown = JSON.parse(await project.succeeds("stack", "output", "--json"));
    expect(outputs).toMatchObject({
      organizationName: "my-awesome-company",
      oktaScopes: ["ai:read", "ai:write"],
    });
  });
});
