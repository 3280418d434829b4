/** A stack for a command that works on its state: the one of the twin, or one that the Pulumi CLI here knows. */
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, STACK } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import type { TenantClients } from "@ai-api-access/tenant-clients";
import { UserError } from "@ai-api-access/user-error";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import type { Context } from "../../context.ts";
import type { CheckedStack } from "../program/walk.ts";
import { openTenants } from "../tenants.ts";
import { readRealStack } from "./real.ts";
import { checkedStack, localSource, sourceOf } from "./source.ts";

export interface OpenOptions {
  readonly stack: string;
  /** Of the twin's stack alone: keys that are replaced. */
  readonly config?: Readonly<Record<string, unknown>> | undefined;
  /** Of the twin's stack alone. */
  readonly providers?: ProviderKind | undefined;
}

export interface OpenedStack {
  readonly stack: CheckedStack;
  /** The same stack, for the engine. */
  readonly engine: Stack;
  readonly tenants: TenantClients;
}

/** @throws UserError, or the program's ConfigError, before anything is asked of the tenants */
export async function withStack<T>(
  options: OpenOptions,
  context: Context,
  work: (opened: OpenedStack) => Promise<T>,
): Promise<T> {
  return options.stack === STACK
    ? withLocalStack(options, context, work)
    : work(await openReal(options, context));
}

async function withLocalStack<T>(
  { config = {}, providers }: OpenOptions,
  { print, untilStopped }: Context,
  work: (opened: OpenedStack) => Promise<T>,
): Promise<T> {
  return inSession(
    { say: print, signal: untilStopped(), config, providers },
    async ({ stack: engine }, access) => {
      const source = localSource(access, config);
      const { projectName: project } = readLocalStack();
      const stack = checkedStack({ name: STACK, project, source, program: await loadProgram() });
      return work({ stack, engine, tenants: await openTenants(source) });
    },
  );
}

async function openReal(
  { stack: name, config, providers }: OpenOptions,
  { print, untilStopped }: Context,
): Promise<OpenedStack> {
  if (config !== undefined || providers !== undefined) {
    throw new UserError("--config and --providers are for the stack of the twin (--stack local).");
  }
  const { pulumi } = await findEngine({ onProgress: print, signal: untilStopped() });
  const real = await readRealStack({ name, folder: process.cwd(), pulumi });
  const source = sourceOf(real.config);
  const { project, outputsOf } = real;
  const stack = checkedStack({ name, project, source, program: await loadProgram(), outputsOf });
  return { stack, engine: await real.open(stack), tenants: await openTenants(source) };
}
