/** `npm run adopt -- --stack NAME`: takes what exists into a stack. */
import { UserError } from "@ai-api-access/user-error";
import { Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { configOption, providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, STACK, type ConfigValues } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import { readRealStack } from "../shared/stack/real.ts";
import { checkedStack, localSource, sourceOf } from "../shared/stack/source.ts";
import { openTenants } from "../shared/tenants.ts";
import { adopt, type Adoption, type AdoptOptions } from "./adopt.ts";

const cli = new Command("npm run adopt --")
  .description(
    "Takes into a stack what it declares and the tenants hold already: prints the plan, imports it through the " +
      "engine, and shows what the next `up` would still change. Nothing is changed in the tenants.",
  )
  .requiredOption(
    "-s, --stack <name>",
    "the stack, as `pulumi stack ls` names it; local for the stack of the local twin",
  )
  .option("--plan", "show the plan and end")
  .option(
    "--id <name=id>",
    "the id of what a tenant has more than once, by its logical name (may be given again)",
    (text: string, earlier: Record<string, string> | undefined) => {
      const [, name, id] = /^(.+?)=(.+)$/.exec(text) ?? [];
      if (name === undefined || id === undefined) {
        throw new InvalidArgumentError(`Got ${text}; wants NAME=ID, for example service-app=0oa1b2c3.`);
      }
      return { ...earlier, [name]: id };
    },
  )
  .option(...configOption)
  .option(...providersOption)
  .parse();

const options = z
  .object({
    stack: z.string(),
    plan: z.boolean().default(false),
    id: z.record(z.string(), z.string()).default({}),
    config: z.record(z.string(), z.unknown()).optional(),
    providers: z.enum(["official", "stand-in"]).optional(),
  })
  .parse(cli.opts());

/** What both kinds of stack have in common. */
const wanted: Pick<AdoptOptions, "chosen" | "planOnly" | "say"> = {
  chosen: options.id,
  planOnly: options.plan,
  say,
};

await runCommand(async (signal) => {
  const adoption =
    options.stack === STACK
      ? await adoptLocal(signal, options.config ?? {}, options.providers)
      : await adoptReal(options.stack, signal);
  return exitCodeOf(adoption);
});

async function adoptLocal(
  signal: AbortSignal,
  config: ConfigValues,
  providers: ProviderKind | undefined,
): Promise<Adoption> {
  return inSession({ say, signal, config, providers }, async (twin, access) => {
    const source = localSource(access, config);
    const { projectName: project } = readLocalStack();
    const stack = checkedStack({ name: STACK, project, source, program: await loadProgram() });
    return adopt({ ...wanted, stack, engine: twin.stack, tenants: await openTenants(source) });
  });
}

async function adoptReal(name: string, signal: AbortSignal): Promise<Adoption> {
  if (options.config !== undefined || options.providers !== undefined) {
    throw new UserError("--config and --providers are for the stack of the twin (--stack local).");
  }
  const { pulumi } = await findEngine({ onProgress: say, signal });
  const real = await readRealStack({ name, folder: process.cwd(), pulumi });
  const source = sourceOf(real.config);
  const stack = checkedStack({ name, project: real.project, source, program: await loadProgram() });
  return adopt({ ...wanted, stack, engine: await real.open(stack), tenants: await openTenants(source) });
}

/** 0 when the stack has everything that is there, 2 when something has to be chosen first. */
function exitCodeOf({ steps }: Adoption): number {
  return steps.some(({ kind }) => kind === "choose") ? 2 : 0;
}
