/** A stack of this project as the Pulumi CLI on this machine sees it. */
import {
  Stack,
  StackNotFoundError,
  type ConfigMap,
  type LocalWorkspace,
  type PulumiCommand,
} from "@pulumi/pulumi/automation/index.js";
import { openWorkspace } from "@ai-api-access/local/engine/workspace.ts";
import type { CheckedStack, OutputsOf } from "../program/walk.ts";
import { inWordsOfTheCli } from "./words.ts";

export interface RealStackOptions {
  readonly name: string;
  /** The folder of `Pulumi.yaml`. */
  readonly folder: string;
  readonly pulumi: PulumiCommand;
  /** For the CLI, over this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A stack before anything of its configuration is believed. */
export interface RealStack {
  readonly name: string;
  readonly project: string;
  /** Defaults of the project and decrypted secrets among the values. */
  readonly config: ConfigMap;
  /** The stack for commands that run no program; nothing of its configuration has to be right. */
  select(): Promise<Stack>;
  /** The stack for the engine, which runs the program in this process. */
  open(checked: CheckedStack): Promise<Stack>;
  /** Outputs of another stack, decrypted. */
  readonly outputsOf: OutputsOf;
}

/**
 * Reads a stack's configuration through `pulumi config`.
 *
 * @throws UserError with the CLI's own words
 */
export async function readRealStack(options: RealStackOptions): Promise<RealStack> {
  const { name, folder, pulumi, environment = {} } = options;
  const common = { workDir: folder, pulumiCommand: pulumi, envVars: { ...environment } };
  const workspace = await openWorkspace(common);
  const { name: project } = await workspace.projectSettings();
  const config = await inWordsOfTheCli(() => workspace.getAllConfig(name), name);
  return {
    name,
    project,
    config,
    select: () => inWordsOfTheCli(() => Stack.select(name, workspace)),
    open: ({ program, config: checked }) =>
      inWordsOfTheCli(async () => {
        const running = await openWorkspace({ ...common, program: () => program.declareStack(checked) });
        return Stack.select(name, running);
      }),
    outputsOf: (other) =>
      inWordsOfTheCli(async () => {
        const entries = Object.entries(await outputsIn(workspace, other));
        return Object.fromEntries(entries.map(([key, { value }]): [string, unknown] => [key, value]));
      }),
  };
}

/** None of a stack that is not there. */
async function outputsIn(workspace: LocalWorkspace, stack: string) {
  try {
    return await workspace.stackOutputs(stack);
  } catch (error) {
    if (error instanceof StackNotFoundError) return {};
    throw error;
  }
}
