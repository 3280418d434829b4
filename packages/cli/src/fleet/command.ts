/** `ai-api-access fleet`: one command on many stacks. */
import { join, resolve } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { providersSchema } from "../shared/options.ts";
import { basesIn } from "./bases.ts";
import { changedSince } from "./changed.ts";
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
  changedSince: z.string().optional(),
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
  if (!twin) {
    const { pulumi } = await findEngine({ onProgress: print, signal });
    const fleet = await realFleet({ stacks, folder: repositoryRoot, pulumi });
    const names = fleet.map(({ name }) => name);
    const { isChosen, scope } = await choose(names, { ...options, folder: repositoryRoot }, print);
    return onStacks(
      fleet.filter(({ name }) => isChosen(name)),
      { ...options, folder: repositoryRoot, command, scope, signal, print },
    );
  }
  const all = configsOf(folder, stacks);
  const { isChosen, scope } = await choose([...all.keys()], options, print);
  const configs = new Map([...all].filter(([name]) => isChosen(name)));
  if (configs.size === 0) return 0;
  const home = twinHome();
  const tenants = await ensureTenants(home.tenants, print);
  try {
    const homes = fleetFolder(home);
    const { access } = tenants;
    const program = await loadProgram();
    const fleet = twinFleet({ configs, folder: homes, access, program, providers });
    return await onStacks(fleet, { ...options, command, scope, signal, print });
  } finally {
    await tenants.close();
  }
}

/** Which of the stacks are meant, and by which options. */
async function choose(
  names: readonly string[],
  { stacks, changedSince: ref, folder }: Options,
  print: (line: string) => void,
): Promise<{ readonly isChosen: (name: string) => boolean; readonly scope: string }> {
  const fitting = `--stacks '${stacks}'`;
  if (ref === undefined) return { isChosen: () => true, scope: fitting };
  const files = { repository: repositoryRoot, folder: resolve(folder) };
  const { names: changed, said, sha } = await changedSince(names, ref, files);
  print(said);
  return { isChosen: (name) => changed.includes(name), scope: `${fitting} --changed-since ${sha}` };
}

interface Surroundings extends Options {
  readonly command: FleetCommand;
  /** The options that chose the stacks. */
  readonly scope: string;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
}

async function onStacks(
  stacks: readonly FleetStack[],
  { command, scope, parallel, resume, twin, folder: stackFolder, signal, print }: Surroundings,
): Promise<number> {
  if (stacks.length === 0) return 0;
  const folder = join(twin ? twinHome().folder : repositoryRoot, ".fleet");
  const file = join(folder, `${command}.json`);
  const journal = resume ? Journal.resume(file, scope) : Journal.begin(file, scope);
  const logs = join(folder, command);
  const bases = basesIn({ repository: repositoryRoot, folder: resolve(stackFolder) });
  const outcomes = await runFleet({ stacks, command, bases, parallel, journal, logs, signal, say: print });
  print(summary(outcomes));
  const open = outcomes.filter(({ kind }) => kind === "failed" || kind === "not begun").length;
  if (open === 0) journal.end();
  else print(`\n${open} of ${outcomes.length} are open. Go on with them: the same command with --resume.`);
  return open === 0 ? 0 : 1;
}
