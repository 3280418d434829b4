import type { Command } from "commander";
import type { Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { idOption, providersOption, stackOption } from "../shared/options.ts";
import { wrongUseExits } from "../shared/wrong-use.ts";

export function registerAdopt(program: Command, run: Run): void {
  program
    .command("adopt")
    .description(
      "Take into a stack what it declares and the tenants hold already: print the plan, import it through the engine, " +
        "and show what the next `up` would still change. Nothing is changed in the tenants.",
    )
    .addOption(stackOption)
    .option("--plan", "show the plan and end")
    .addOption(idOption)
    .addOption(configOption)
    .addOption(providersOption)
    .addHelpText(
      "after",
      `
Example: ai-api-access adopt --stack dev
Exit codes: 0 all is well, 1 it failed, 2 an --id has to be chosen first.
docs/adopt.md says more.`,
    )
    .exitOverride(wrongUseExits(1))
    .action((options: unknown) =>
      run(async (context) => {
        const { runAdopt } = await import("./command.ts");
        return runAdopt(options, context);
      }),
    );
}
