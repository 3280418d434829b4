/** What `ai-api-access fleet` does: one command on many stacks. */
import { join } from "node:path";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { UserError } from "@ai-api-access/user-error";
import { say } from "../shared/run.ts";
import { runFleet } from "./fleet.ts";
import { Journal } from "./journal.ts";
import { realFleet } from "./real.ts";
import type { Options } from "./register.ts";
import type { FleetStack } from "./stack.ts";
import { summary } from "./summary.ts";
import { configsOf, twinFleet } from "./twin.ts";

/** The exit code: 1 when a stack failed or was not begun. */
export async function fleetCommand(options: Options, signal: AbortSignal): Promise<number> {
  const { command, yes, stacks, folder = repositoryRoot, providers } = options;
  if (command === "destroy" && !yes) {
    throw new UserError(
      `destroy takes away everything in every stack that fits '${stacks}'. Say --yes if that is meant.`,
    );
  }
  if (!options.twin) {
    const { pulumi } = await findEngine({ onProgress: say, signal });
    return onStacks(await realFleet({ stacks, folder: repositoryRoot, pulumi }), options, signal);
  }
  const configs = configsOf(folder, stacks);
  const home = twinHome();
  const tenants = await ensureTenants(home.tenants, say);
  try {
    const homes = join(home.folder, "fleet");
    const { access } = tenants;
    const fleet = twinFleet({ configs, folder: homes, access, program: await loadProgram(), providers });
    return await onStacks(fleet, options, signal);
  } finally {
    await tenants.close();
  }
}

async function onStacks(
  stacks: readonly FleetStack[],
  { command, stacks: glob, parallel, resume, twin }: Options,
  signal: AbortSignal,
): Promise<number> {
  const folder = join(twin ? twinHome().folder : repositoryRoot, ".fleet");
  const file = join(folder, `${command}.json`);
  const journal = resume ? Journal.resume(file, glob) : Journal.begin(file, glob);
  const logs = join(folder, command);
  const outcomes = await runFleet({ stacks, command, parallel, journal, logs, signal, say });
  say(summary(outcomes));
  const open = outcomes.filter(({ kind }) => kind === "failed" || kind === "not begun").length;
  if (open === 0) journal.end();
  else say(`\n${open} of ${outcomes.length} are open. Go on with them: the same command with --resume.`);
  return open === 0 ? 0 : 1;
}
