import type { Command } from "commander";
import type { Run } from "../context.ts";
import { providersOption } from "../shared/options.ts";
import { wrongUseExits } from "../shared/wrong-use.ts";

export function registerPrPreview(program: Command, run: Run): void {
  program
    .command("pr-preview")
    .description(
      "For each stack of which the branch changes a file: deploy the base's stack on a local twin, preview and apply the " +
        "working tree's over it, and say what changes, and who loses access.",
    )
    .requiredOption("--base <ref>", "branch, tag or commit to compare with, for example origin/main")
    .option(
      "--config <file>",
      "look at this stack's file (default: those of which the branch changes a file, else Pulumi.local.yaml)",
    )
    .option(
      "--out <file>",
      "write the report there, too (in GitHub Actions it goes to the job's summary as well)",
    )
    .addOption(providersOption)
    .addHelpText(
      "after",
      `
Example: ai-api-access pr-preview --base origin/main
Exit codes: 0 it applies; 1 it does not; 2 it would take away something protected, or a connection.
docs/pull-requests.md says more.`,
    )
    // 2 would say that something protected goes.
    .exitOverride(wrongUseExits(1))
    .action((options: unknown) =>
      run(async (context) => {
        const { runPrPreview } = await import("./command.ts");
        return runPrPreview(options, context);
      }),
    );
}
