import type { Command } from "commander";
import type { Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { idOption, providersOption, stackOption } from "../shared/options.ts";
import { wrongUseExits } from "../shared/wrong-use.ts";

export function registerRecover(program: Command, run: Run): void {
  program
    .command("recover")
    .description(
      "Bring a stack's state and its tenants together after a run that was cut short or a deletion by hand: free the " +
        "lock of a process that is gone, import what was created and not noted, forget what is not there. Nothing is " +
        "changed in the tenants.",
    )
    .addOption(stackOption)
    .option("--plan", "show what it would do and end")
    .option("--yes", "do it without a question")
    .addOption(idOption)
    .option(
      "--forget <name>",
      "what is known not to have been created, where recover cannot see it, by its logical name (may be given again)",
      withName,
    )
    .addOption(configOption)
    .addOption(providersOption)
    .addHelpText(
      "after",
      `
Example: ai-api-access recover --stack dev
Exit codes: 0 all is well, 1 it failed or was not wanted, 2 an --id or --forget has to be chosen first.
docs/interrupted-runs.md says more.`,
    )
    .exitOverride(wrongUseExits(1))
    .action((options: unknown) =>
      run(async (context) => {
        const { runRecover } = await import("./command.ts");
        return runRecover(options, context);
      }),
    );
}

function withName(name: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, name];
}
