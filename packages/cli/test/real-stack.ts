/** A stack as a real one is kept: a project folder, a state in a folder of its own, settings in the environment. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { trustLocalCa } from "@ai-api-access/local/demo/trust.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { providerConfig, readLocalStack } from "@ai-api-access/local/project.ts";
import { tenantEnvironment } from "@ai-api-access/local/tenants/access.ts";
import { engine } from "@ai-api-access/testing/engine.ts";
import type { TestTwin } from "@ai-api-access/testing/twin.ts";
import { SECRETS_PROVIDER } from "@ai-api-access/testing/vault.ts";
import { openRealStack } from "./open-real-stack.ts";
import { runCommand } from "./run-command.ts";

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class RealTestStack {
  /** The project. */
  readonly folder: string;
  /** The folder of the file backend. */
  readonly state: string;
  readonly #environment: Record<string, string>;

  private constructor(folder: string, environment: Record<string, string>) {
    this.folder = folder;
    this.state = join(folder, "state");
    this.#environment = { ...environment, PULUMI_BACKEND_URL: `file://${this.state}` };
  }

  /** An empty stack `dev` with the configuration of the local stack, some keys of it replaced. */
  static async begin(
    twin: TestTwin,
    overrides: Readonly<Record<string, unknown>> = {},
  ): Promise<RealTestStack> {
    const { command } = await engine();
    const { paths, environment } = await twin.providers();
    const folder = mkdtempSync(join(tmpdir(), "real-stack-"));
    const stack = new RealTestStack(folder, {
      ...tenantEnvironment(twin.tenants.access),
      ...environment,
      PATH: [dirname(process.execPath), dirname(command), process.env.PATH ?? ""].join(delimiter),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
    mkdirSync(stack.state);
    trustLocalCa(twin.tenants.access.caFile);
    const project = z.looseObject({}).parse(parse(readFileSync(join(repositoryRoot, "Pulumi.yaml"), "utf8")));
    writeFileSync(join(folder, "Pulumi.yaml"), stringify({ ...project, plugins: { providers: paths } }));
    await stack.pulumi("stack", "init", "dev", "--secrets-provider", SECRETS_PROVIDER);
    stack.configure(twin, overrides);
    return stack;
  }

  /** Gives the stack the configuration of the local stack, some keys of it replaced. */
  configure(twin: TestTwin, overrides: Readonly<Record<string, unknown>>): void {
    const file = join(this.folder, "Pulumi.dev.yaml");
    const stack = z.looseObject({}).parse(parse(readFileSync(file, "utf8")));
    const config = { ...readLocalStack(overrides).config, ...providerConfig(twin.tenants.access) };
    writeFileSync(file, stringify({ ...stack, config }));
  }

  /** A command of the Pulumi CLI. */
  async pulumi(...args: string[]): Promise<Ended> {
    return this.#execute((await engine()).command, ...args);
  }

  /** A command of this repository for the stack, as a person runs it who has no terminal. */
  runAlone(command: string, ...args: string[]): Promise<Ended> {
    const main = join(repositoryRoot, "packages/cli/src/main.ts");
    return this.#execute(process.execPath, main, command, "--stack", "dev", ...args);
  }

  /** The same in this process: to load the command takes another longer than its work. */
  async run(command: string, ...args: string[]): Promise<Ended> {
    const before = { folder: process.cwd(), environment: { ...process.env } };
    Object.assign(process.env, this.#environment);
    process.chdir(this.folder);
    try {
      const { code, out, said } = await runCommand([command, "--stack", "dev", ...args]);
      return { exitCode: code, stdout: out, stderr: said };
    } finally {
      process.chdir(before.folder);
      for (const name of Object.keys(this.#environment)) restore(name, before.environment[name]);
    }
  }

  /** The stack for the engine, with the program in this process: the CLI that was built has no language host. */
  open(): Promise<Stack> {
    return openRealStack(this.folder, this.#environment);
  }

  /** Begins an `up` in a process of its own, which a kill may bring down without harm to this one. */
  startUp(): ChildProcess {
    return spawn(process.execPath, [join(import.meta.dirname, "up-process.ts"), this.folder], {
      env: { ...process.env, ...this.#environment },
      stdio: "ignore",
    });
  }

  /** What the state has, as the CLI exports it. */
  async exported(): Promise<string> {
    return (await this.pulumi("stack", "export", "--stack", "dev")).stdout;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #execute(command: string, ...args: string[]): Promise<Ended> {
    const options = { cwd: this.folder, env: { ...process.env, ...this.#environment } };
    return new Promise((ended) => {
      const child = execFile(command, args, options, (_error, stdout, stderr) => {
        ended({ exitCode: child.exitCode ?? -1, stdout, stderr });
      });
      child.stdin?.end();
    });
  }
}

function restore(name: string, value: string | undefined): void {
  if (value !== undefined) process.env[name] = value;
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete
  else delete process.env[name];
}
