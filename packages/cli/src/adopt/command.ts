/** `ai-api-access adopt`: takes what exists into a stack. */
import { UserError } from "@ai-api-access/user-error";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, STACK } from "@ai-api-access/local/project.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { configSchema } from "../shared/config-option.ts";
import { idsSchema, providersSchema } from "../shared/options.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { checkedStack, localSource, sourceOf } from "../shared/stack/source.ts";
import { openTenants } from "../shared/tenants.ts";
import { adopt, type Adoption } from "./adopt.ts";

const optionsSchema = z.object({
  stack: z.string(),
  plan: z.boolean().default(false),
  id: idsSchema,
  config: configSchema,
  providers: providersSchema,
});
type Options = z.output<typeof optionsSchema>;

/** @returns 0 when the stack has everything that is there, 2 when something has to be chosen first */
export async function runAdopt(raw: unknown, context: Context): Promise<number> {
  const options = optionsSchema.parse(raw);
  const { steps } = await (options.stack === STACK ? adoptLocal : adoptReal)(options, context);
  return steps.some(({ kind }) => kind === "choose") ? 2 : 0;
}

async function adoptLocal(options: Options, { print, untilStopped }: Context): Promise<Adoption> {
  const { id: chosen, plan: planOnly, config = {}, providers } = options;
  return inSession(
    { say: print, signal: untilStopped(), config, providers },
    async ({ stack: engine }, access) => {
      const source = localSource(access, config);
      const { projectName: project } = readLocalStack();
      const stack = checkedStack({ name: STACK, project, source, program: await loadProgram() });
      return adopt({ stack, engine, tenants: await openTenants(source), chosen, planOnly, say: print });
    },
  );
}

async function adoptReal(options: Options, { print, untilStopped }: Context): Promise<Adoption> {
  const { stack: name, id: chosen, plan: planOnly, config, providers } = options;
  if (config !== undefined || providers !== undefined) {
    throw new UserError("--config and --providers are for the stack of the twin (--stack local).");
  }
  const { pulumi } = await findEngine({ onProgress: print, signal: untilStopped() });
  const real = await readRealStack({ name, folder: process.cwd(), pulumi });
  const source = sourceOf(real.config);
  const stack = checkedStack({ name, project: real.project, source, program: await loadProgram() });
  const engine = await real.open(stack);
  return adopt({ stack, engine, tenants: await openTenants(source), chosen, planOnly, say: print });
}
