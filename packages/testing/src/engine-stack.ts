/** A stack on the real engine in a folder of its own, with an inline program and plugins from given folders. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { Stack } from "@pulumi/pulumi/automation/index.js";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import { z } from "zod";
import { engine } from "./engine.ts";
import { SECRETS_PROVIDER } from "./vault.ts";

const checkpointSchema = z.object({ checkpoint: z.object({ latest: z.unknown() }) });

export interface EngineStackOptions {
  readonly program: PulumiFn;
  readonly plugins: readonly { readonly name: string; readonly path: string }[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface EngineStack {
  readonly stack: Stack;
  /** The stack's own temporary folder. */
  readonly folder: string;
  /** Everything that the engine keeps on disk for the stack, as text. */
  stateText(): string;
  /** What the engine keeps of the resources, as `pulumi stack export` has it, without starting the CLI. */
  checkpoint(): unknown;
  remove(): void;
}

export async function engineStack(options: EngineStackOptions): Promise<EngineStack> {
  const { pulumi } = await engine();
  const folder = mkdtempSync(join(tmpdir(), "engine-stack-"));
  const state = join(folder, "state");
  mkdirSync(state);
  // `plugins` is a project setting that the Automation API's type leaves out.
  const projectSettings = {
    name: "test",
    runtime: "nodejs",
    backend: { url: `file://${state}` },
    plugins: { providers: [...options.plugins] },
  };
  const workspace = await openWorkspace({
    program: options.program,
    workDir: folder,
    pulumiHome: join(folder, "home"),
    pulumiCommand: pulumi,
    projectSettings,
    secretsProvider: SECRETS_PROVIDER,
    envVars: {
      PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ""}`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...options.environment,
    },
  });
  const stack = await Stack.create("test", workspace);
  return {
    stack,
    folder,
    stateText: () =>
      readdirSync(state, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
        .join("\n"),
    checkpoint: () =>
      checkpointSchema.parse(
        JSON.parse(readFileSync(join(state, ".pulumi", "stacks", "test", "test.json"), "utf8")),
      ).checkpoint.latest,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
