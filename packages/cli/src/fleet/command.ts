/** `ai-api-access fleet`: one command on many stacks. */
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { providersSchema } from "../shared/options.ts";
import { runFleet } from "./fleet.ts";
import { Journal } from "./journal.ts";
import { realFleet } from "./real.ts";
import { FLEET_COMMANDS, type FleetCommand, type FleetStack } from "./stack.ts";
import { summary } from "./summary.ts";
import { configsOf, fleetFolder, twinFleet } from "./twin.ts";

const optionsSchema = z.object({
  stacks: z.string(),
  parallel: z.number(),
  resume: z.boolean().default(false),
  yes: z.boolean().default(false),
  twin: z.boolean().default(false),
  folder: z.string().default(repositoryRoot),
  providers: providersSchema,
});
type Options = z.output<typeof optionsSchema>;

/** @returns 0 when every stack is through, else 1 */
export async function runFleetCommand(
  word: unknown,
  raw: unknown,
  { print, untilStopped }: Context,
): Promise<number> {
  const command = z.enum(FLEET_COMMANDS).parse(word);
  const options = optionsSchema.parse(raw);
  const { stacks, yes, twin, folder, providers } = options;
  if (command === "destroy" && !yes) {
    throw new UserError(
      `destroy takes away everything in every stack that fits '${stacks}'. Say --yes if that is meant.`,
    );
  }
  const signal = untilStopped();
  const begin = (fleet: readonly FleetStack[]) => onStacks(fleet, command, options, signal, print);
  if (!twin) {
    const { pulumi } = await findEngine({ onProgress: print, signal });
    return begin(await realFleet({ stacks, folder: repositoryRoot, pulumi }));
  }
  const configs = configsOf(folder, stacks);
  const home = twinHome();
  const tenants = await ensureTenants(home.tenants, print);
  try {
    const homes = fleetFolder(home);
    const { access } = tenants;
    return await begin(
      twinFleet({ configs, folder: homes, access, program: await loadProgram(), providers }),
    );
  } finally {
    await tenants.close();
  }
}

async function onStacks(
  stacks: readonly FleetStack[],
  command: FleetCommand,
  { stacks: glob, parallel, resume, twin }: Options,
  signal: AbortSignal,
  print: (line: string) => void,
): Promise<number> {
  const folder = join(twin ? twinHome().folder : repositoryRoot, ".fleet");
  const file = join(folder, `${command}.json`);
  const journal = resume ? Journal.resume(file, glob) : Journal.begin(file, glob);
  const logs = join(folder, command);
  const outcomes = await runFleet({ stacks, command, parallel, journal, logs, signal, say: print });
  print(summary(outcomes));
  const open = outcomes.filter(({ kind }) => kind === "failed" || kind === "not begun").length;
  if (open === 0) journal.end();
  else print(`\n${open} of ${outcomes.length} are open. Go on with them: the same command with --resume.`);
  return open === 0 ? 0 : 1;
}
