/** What `npm run template` writes, and what `pulumi new` makes of it, on the real engine. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { CliProject, projectIn } from "@ai-api-access/testing/cli-project.ts";
import { TestTwin } from "@ai-api-access/testing/twin.ts";

const STACK_FILE = "Pulumi.dev.yaml${DESCRIPTION}";
const template = mkdtempSync(join(tmpdir(), "ai-api-access-template-"));
beforeAll(() => {
  execFileSync(process.execPath, [join(import.meta.dirname, "write.ts"), template]);
});
afterAll(() => {
  rmSync(template, { recursive: true, force: true });
});

describe("the template", () => {
  test("has the program and no tests", () => {
    const files = readdirSync(template, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["index.ts", "src/stack.ts", STACK_FILE, "README.md"]));
    expect(files.filter((file) => file.includes("test"))).toEqual([]);
  });

  test("has every package that its packages depend on, and asks the registry for none of this repository", () => {
    const manifestSchema = z.object({
      name: z.string(),
      dependencies: z.record(z.string(), z.string()).default({}),
      devDependencies: z.record(z.string(), z.string()).default({}),
    });
    const [project, ...packages] = [
      "package.json",
      ...readdirSync(join(template, "packages")).map((name) => `packages/${name}/package.json`),
    ].map((file) => manifestSchema.parse(JSON.parse(readFileSync(join(template, file), "utf8"))));
    const wanted = [project, ...packages].flatMap((manifest) =>
      Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }),
    );
    const own = [...new Set(wanted.filter((name) => name.startsWith("@ai-api-access/")))];
    expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(own));
  });

  test("runs the program as this repository's project does", () => {
    const [ours, written] = [repositoryRoot, template].map((folder) => projectIn(folder));
    expect(written?.runtime).toEqual(ours?.runtime);
    expect(written?.plugins).toEqual(ours?.plugins);
  });

  test("has nothing in its copies that `pulumi new` would take for its own", () => {
    const replaced = readdirSync(template, { recursive: true, encoding: "utf8" }).filter((file) => {
      const path = join(template, file);
      return statSync(path).isFile() && /\$\{(?:PROJECT|DESCRIPTION)\}/.test(readFileSync(path, "utf8"));
    });
    expect(replaced.sort()).toEqual([STACK_FILE, "Pulumi.yaml", "README.md", "package.json"]);
  });
});

describe("a project that `pulumi new` made of it", () => {
  let twin: TestTwin;
  let project: CliProject;
  beforeAll(async () => {
    twin = await TestTwin.start();
    project = new CliProject(twin);
  });
  afterAll(async () => {
    await twin.close();
    project.remove();
  });

  test("carries its own name, and brings up the stack that this repository's does", async () => {
    const { said, stackFile } = await project.begin("who-gets-in", "Who gets in");
    expect(said).toContain("Created project 'who-gets-in'");
    const { folder } = project;
    expect(projectIn(folder)).toMatchObject({ name: "who-gets-in", description: "Who gets in" });
    const ours = readFileSync(join(repositoryRoot, "Pulumi.dev.yaml"), "utf8");
    expect(stackFile).toBe(ours.replaceAll("ai-api-access:", "who-gets-in:"));
    expect(readFileSync(join(folder, "README.md"), "utf8")).toMatch(/^# who-gets-in\n\nWho gets in\n/);
    expect(statSync(join(folder, "packages/roster/pulumi-resource-roster")).mode & 0o111).not.toBe(0);

    expect(await project.succeeds("up", "--yes", "--skip-preview")).toContain("+ 28 created");
    expect(await project.succeeds("preview", "--expect-no-changes")).toContain("28 unchanged");
    const outputs: unknown = JSON.parse(await project.succeeds("stack", "output", "--json"));
    expect(outputs).toMatchObject({
      organizationName: "my-awesome-company",
      oktaScopes: ["ai:read", "ai:write"],
    });
  });
});
