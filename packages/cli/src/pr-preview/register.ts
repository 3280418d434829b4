import type { Command } from "commander";
import { z } from "zod";
import { providersOption } from "../shared/options.ts";
import { runCommand } from "../shared/run.ts";

const optionsSchema = z.object({
  base: z.string(),
  config: z.string().optional(),
  out: z.string().optional(),
  providers: z.enum(["official", "stand-in"]).optional(),
});
export type Options = z.output<typeof optionsSchema>;

export function registerPrPreview(program: Command): void {
  program
    .command("pr-preview")
    .description(
      "Deploy the base's stack on a local twin, preview and apply the working tree's over it, and say what changes.",
    )
    .requiredOption("--base <ref>", "branch, tag or commit to compare with, for example origin/main")
    .option(
      "--config <file>",
      "deploy both with the values of this stack's file (default: Pulumi.local.yaml)",
    )
    .option(
      "--out <file>",
      "write the report there, too (in GitHub Actions it goes to the job's summary as well)",
    )
    .option(...providersOption)
    .addHelpText(
      "after",
      "\nExit codes: 0 it applies; 1 it does not; 2 it would take away something protected, or a connection.",
    )
    .action(async (raw: unknown) => {
      const { prPreviewCommand } = await import("./command.ts");
      const options = optionsSchema.parse(raw);
      await runCommand((signal) => prPreviewCommand(options, signal));
    });
}
