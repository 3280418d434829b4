/** `npm run fleet -- up --stacks 'customer-*'`: one command on many stacks. */
import { join } from "node:path";
import { UserError } from "@ai-api-access/user-error";
import { Argument, Command } from "commander";
import { z } from "zod";
import { findEngine } from "@ai-api-access/local/engine/index.ts";
import { repositoryRoot } from "@ai-api-access/local/machine/folders.ts";
import { providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";
import { twinHome } from "@ai-api-access/local/home.ts";
import { loadProgram } from "@ai-api-access/local/program.ts";
import { ensureTenants } from "@ai-api-access/local/tenants/running.ts";
import { runFleet } from "./fleet.ts";
import { Journal } from "./journal.ts";
import { realFleet } from "./real.ts";
import type { FleetStack } from "./stack.ts";
import { summary } from "./summary.ts";
import { configsOf, twinFleet } from "./twin.ts";

const COMMANDS = ["up", "preview", "refresh", "destroy"] as const;

const cli = new Command("npm run fleet --")
  .description(
    "Runs a command on many stacks, several at a time. What fails in one does not stop the others.",
  )
  .addArgument(new Argument("<command>").choices(COMMANDS))
  .requiredOption("--stacks <glob>", "which stacks, by name, for example 'customer-*'")
  .option("--parallel <number>", "how many at a time", "4")
  .option("--resume", "leave out what the last run of this command, cut short or failed, has done")
  .option("--yes", "destroy takes away everything in every one of them; it asks for this word")
  .option("--twin", "on the local twin, with the config of the files Pulumi.NAME.yaml; no account is needed")
  .option("--folder <path>", "with --twin: where the files Pulumi.NAME.yaml are", repositoryRoot)
  .option(...providersOption)
  .parse();

const options = z
  .object({
    stacks: z.string().min(1),
    parallel: z.coerce
      .number({ error: "--parallel wants a whole number from 1, for example 4." })
      .int()
      .min(1),
    resume: z.boolean().default(false),
    yes: z.boolean().default(false),
    twin: z.boolean().default(false),
    folder: z.string(),
    providers: z.enum(["official", "stand-in"]).optional(),
  })
  .parse(cli.opts());
const command = z.enum(COMMANDS).parse(cli.args[0]);

await runCommand(async (signal) => {
  if (command === "destroy" && !options.yes) {
    throw new UserError(
      `destroy takes away everything in every stack that fits '${options.stacks}'. Say --yes if that is meant.`,
    );
  }
  const { stacks, folder, providers } = options;
  if (!options.twin) {
    const { pulumi } = await findEngine({ onProgress: say, signal });
    return onStacks(await realFleet({ stacks, folder: repositoryRoot, pulumi }), signal);
  }
  const configs = configsOf(folder, stacks);
  const home = twinHome();
  const tenants = await ensureTenants(home.tenants, say);
  try {
    const homes = join(home.folder, "fleet");
    const { access } = tenants;
    const fleet = twinFleet({ configs, folder: homes, access, program: await loadProgram(), providers });
    return await onStacks(fleet, signal);
  } finally {
    await tenants.close();
  }
});

async function onStacks(stacks: readonly FleetStack[], signal: AbortSignal): Promise<number> {
  const { stacks: glob, parallel, resume, twin } = options;
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
