/** A project folder in which a test types the Pulumi CLI's own commands, on the tenants of a twin. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { run, type Ended } from "@ai-api-access/cli/shared/command.ts";
import { linkModules } from "@ai-api-access/cli/pr-preview/modules.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { twinEnvironment } from "@ai-api-access/local/environment.ts";
import { providerConfig, readLocalStack } from "@ai-api-access/local/project.ts";
import { standIns } from "@ai-api-access/local/providers.ts";
import { engine } from "./engine.ts";
import type { TestTwin } from "./twin.ts";

/** The CLI with a stand-in for the official language host. */
const HOST = join(repositoryRoot, "packages/testing/src/language-host/main.ts");

const projectSchema = z.looseObject({
  name: z.string(),
  runtime: z.unknown(),
  plugins: z.object({ providers: z.array(z.object({ name: z.string(), path: z.string() })) }),
});

/** With what the CLI keeps there itself, such as the salt of the secrets. */
const stackSchema = z.looseObject({ config: z.unknown() });

/** `Pulumi.yaml` of a folder. */
export function projectIn(folder: string): z.output<typeof projectSchema> {
  return projectSchema.parse(parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")));
}

export class CliProject {
  readonly folder = mkdtempSync(join(tmpdir(), "ai-api-access-project-"));
  readonly #twin: TestTwin;

  constructor(twin: TestTwin) {
    this.#twin = twin;
  }

  /** Makes a project of the template with an empty stack `dev`; gives what `pulumi new` said, and the file of the stack. */
  async begin(name: string, description: string) {
    const template = mkdtempSync(join(tmpdir(), "ai-api-access-template-"));
    await run(process.execPath, [join(repositoryRoot, "tools/template/write.ts"), template], {
      cwd: this.folder,
    });
    const named = ["--name", name, "--description", description, "--generate-only", "--yes", "--force"];
    const said = await this.succeeds("new", template, ...named);
    rmSync(template, { recursive: true, force: true });
    linkModules(repositoryRoot, this.folder);
    const stackFile = readFileSync(join(this.folder, "Pulumi.dev.yaml"), "utf8");
    await this.succeeds("stack", "init", "dev");
    this.#fillIn();
    return { said, stackFile };
  }

  /** Runs the CLI to its end. */
  async pulumi(...args: string[]): Promise<Ended> {
    const { command } = await engine();
    return run(process.execPath, [HOST, command, ...args, "--non-interactive", "--color", "never"], {
      cwd: this.folder,
      env: twinEnvironment(this.#twin.home, this.#twin.tenants.access, standIns()),
    });
  }

  /** The same where it has to succeed; gives what it said. */
  async succeeds(...args: string[]): Promise<string> {
    const { code, all } = await this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")}: ${all}`);
    return all;
  }

  /** Gives stack `dev` the values of the local stack, and the project the plugins that answer for the tenants. */
  #fillIn(): void {
    const { name } = projectIn(this.folder);
    const { projectName, config: local } = readLocalStack();
    // The namespace of the configuration is the project's own name.
    const own = Object.entries(local).map(([key, value]): [string, unknown] => [
      key.startsWith(`${projectName}:`) ? `${name}${key.slice(projectName.length)}` : key,
      value,
    ]);
    const config = { ...Object.fromEntries(own), ...providerConfig(this.#twin.tenants.access) };
    const stackFile = join(this.folder, "Pulumi.dev.yaml");
    const written = stackSchema.parse(parse(readFileSync(stackFile, "utf8")));
    writeFileSync(stackFile, stringify({ ...written, config }));
    const project = projectIn(this.folder);
    const providers = [...project.plugins.providers, ...standIns().paths];
    writeFileSync(join(this.folder, "Pulumi.yaml"), stringify({ ...project, plugins: { providers } }));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
