import type { Command } from "commander";
import { z } from "zod";
import { configOption } from "../shared/options.ts";
import { runCommand } from "../shared/run.ts";

const optionsSchema = z.object({
  stack: z.string(),
  json: z.boolean().default(false),
  config: z.record(z.string(), z.unknown()).optional(),
});
export type Options = z.output<typeof optionsSchema>;

export function registerDoctor(program: Command): void {
  program
    .command("doctor")
    .description(
      "Look for everything that would stop `up` of a stack, or surprise it, before anything is changed. It only reads.",
    )
    .requiredOption(
      "-s, --stack <name>",
      "the stack, as `pulumi stack ls` names it; local for the stack of the local twin",
    )
    .option("--json", "the checks as JSON, for programs")
    .option(...configOption)
    .action(async (raw: unknown) => {
      const { doctorCommand } = await import("./command.ts");
      const options = optionsSchema.parse(raw);
      await runCommand((signal) => doctorCommand(options, signal));
    });
}
