/** What `ai-api-access adopt` does: takes what exists into a stack. */
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, STACK } from "@ai-api-access/local/project.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { UserError } from "@ai-api-access/user-error";
import { say } from "../shared/run.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { checkedStack, localSource, sourceOf } from "../shared/stack/source.ts";
import { openTenants } from "../shared/tenants.ts";
import { adopt, type Adoption, type AdoptOptions } from "./adopt.ts";
import type { Options } from "./register.ts";

/** The exit code: 0 when the stack has everything that is there, 2 when something has to be chosen first. */
export async function adoptCommand(options: Options, signal: AbortSignal): Promise<number> {
  const wanted = { chosen: options.id, planOnly: options.plan, say };
  const { steps } =
    options.stack === STACK
      ? await adoptLocal(options, wanted, signal)
      : await adoptReal(options, wanted, signal);
  return steps.some(({ kind }) => kind === "choose") ? 2 : 0;
}

/** What both kinds of stack have in common. */
type Wanted = Pick<AdoptOptions, "chosen" | "planOnly" | "say">;

async function adoptLocal(
  { config = {}, providers }: Options,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Adoption> {
  return inSession({ say, signal, config, providers }, async (twin, access) => {
    const source = localSource(access, config);
    const { projectName: project } = readLocalStack();
    const stack = checkedStack({ name: STACK, project, source, program: await loadProgram() });
    return adopt({ ...wanted, stack, engine: twin.stack, tenants: await openTenants(source) });
  });
}

async function adoptReal(
  { stack: name, config, providers }: Options,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<Adoption> {
  if (config !== undefined || providers !== undefined) {
    throw new UserError("--config and --providers are for the stack of the twin (--stack local).");
  }
  const { pulumi } = await findEngine({ onProgress: say, signal });
  const real = await readRealStack({ name, folder: process.cwd(), pulumi });
  const source = sourceOf(real.config);
  const stack = checkedStack({ name, project: real.project, source, program: await loadProgram() });
  return adopt({ ...wanted, stack, engine: await real.open(stack), tenants: await openTenants(source) });
}
