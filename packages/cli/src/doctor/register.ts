import type { Command } from "commander";
import type { Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { stackOption } from "../shared/options.ts";

export function registerDoctor(program: Command, run: Run): void {
  program
    .command("doctor")
    .description("Look for everything that would stop `up` of a stack, or surprise it. It only reads.")
    .addOption(stackOption)
    .option("--json", "the checks as JSON, for programs")
    .addOption(configOption)
    .option("--twin", "a stack that `fleet --twin` made")
    .option("--folder <path>", "with --twin: where the file Pulumi.NAME.yaml is (default: the project's)")
    .addHelpText(
      "after",
      `
Example: ai-api-access doctor --stack dev
Exit codes: 0 nothing is wrong, 1 something is, 2 a wrong use.
docs/doctor.md says more.`,
    )
    .action((options: unknown) =>
      run(async (context) => {
        const { runDoctor } = await import("./command.ts");
        return runDoctor(options, context);
      }),
    );
}
