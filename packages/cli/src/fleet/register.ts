import { Argument, type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { providersOption } from "../shared/options.ts";
import { runCommand } from "../shared/run.ts";

const COMMANDS = ["up", "preview", "refresh", "destroy"] as const;

const optionsSchema = z.object({
  command: z.enum(COMMANDS),
  stacks: z.string().min(1),
  parallel: z.number().default(4),
  resume: z.boolean().default(false),
  yes: z.boolean().default(false),
  twin: z.boolean().default(false),
  folder: z.string().optional(),
  providers: z.enum(["official", "stand-in"]).optional(),
});
export type Options = z.output<typeof optionsSchema>;

export function registerFleet(program: Command): void {
  program
    .command("fleet")
    .description(
      "Run a command on many stacks, several at a time. What fails in one does not stop the others.",
    )
    .addArgument(new Argument("<command>").choices(COMMANDS))
    .requiredOption("--stacks <glob>", "which stacks, by name, for example 'customer-*'")
    .option("--parallel <number>", "how many at a time (default: 4)", parallel)
    .option("--resume", "leave out what the last run of this command, cut short or failed, has done")
    .option("--yes", "destroy takes away everything in every one of them; it asks for this word")
    .option(
      "--twin",
      "on the local twin, with the config of the files Pulumi.NAME.yaml; no account is needed",
    )
    .option("--folder <path>", "with --twin: where the files Pulumi.NAME.yaml are (default: the repository)")
    .option(...providersOption)
    .action(async (command: unknown, raw: unknown) => {
      const { fleetCommand } = await import("./command.ts");
      const options = optionsSchema.parse({ ...z.looseObject({}).parse(raw), command });
      await runCommand((signal) => fleetCommand(options, signal));
    });
}

function parallel(text: string): number {
  const parsed = z.coerce.number().int().min(1).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError("Wants a whole number from 1, for example 4.");
}
