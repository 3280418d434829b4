import { type Command, InvalidArgumentError } from "commander";
import type { Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { providersOption, stackOption } from "../shared/options.ts";
import { wrongUseExits } from "../shared/wrong-use.ts";

type Ids = Readonly<Record<string, string>>;

export function registerAdopt(program: Command, run: Run): void {
  program
    .command("adopt")
    .description(
      "Take into a stack what it declares and the tenants hold already: print the plan, import it through the engine, " +
        "and show what the next `up` would still change. Nothing is changed in the tenants.",
    )
    .addOption(stackOption)
    .option("--plan", "show the plan and end")
    .option(
      "--id <name=id>",
      "the id of what a tenant has more than once, by its logical name (may be given again)",
      withId,
    )
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

function withId(text: string, earlier: Ids = {}): Ids {
  const [, name, id] = /^(.+?)=(.+)$/.exec(text) ?? [];
  if (name === undefined || id === undefined) {
    throw new InvalidArgumentError(`Got ${text}; wants NAME=ID, for example service-app=0oa1b2c3.`);
  }
  return { ...earlier, [name]: id };
}
