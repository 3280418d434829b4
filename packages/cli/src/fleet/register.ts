import { Argument, type Command, InvalidArgumentError } from "commander";
import type { Run } from "../context.ts";
import { providersOption } from "../shared/options.ts";
import { FLEET_COMMANDS } from "./stack.ts";

export function registerFleet(program: Command, run: Run): void {
  program
    .command("fleet")
    .description(
      "Run a command on many stacks, several at a time. What fails in one stops only those that wait for it.",
    )
    .addArgument(new Argument("<command>", "what to run").choices(FLEET_COMMANDS))
    .requiredOption("--stacks <glob>", "which stacks, by name, for example 'customer-*'")
    .option(
      "--changed-since <ref>",
      "of these, those alone whose files differ from that branch, tag or commit, and those on top of them; all of " +
        "them when the program differs",
    )
    .option("--parallel <number>", "how many at a time", wholeNumber, 4)
    .option("--resume", "leave out what the last run of this command, cut short or failed, has done")
    .option("--yes", "destroy takes away everything in every one of them; it asks for this word")
    .option(
      "--twin",
      "on the local twin, with the config of the files Pulumi.NAME.yaml; no account is needed",
    )
    .option("--folder <path>", "with --twin: where the files Pulumi.NAME.yaml are (default: the project's)")
    .addOption(providersOption)
    .addHelpText(
      "after",
      `
Examples: ai-api-access fleet preview --stacks 'customer-*'
          ai-api-access fleet up --stacks 'customer-*' --changed-since deployed
Exit codes: 0 every stack is through, 1 some are not, 2 a wrong use.
docs/fleet.md says more.`,
    )
    .action((command: unknown, options: unknown) =>
      run(async (context) => {
        const { runFleetCommand } = await import("./command.ts");
        return runFleetCommand(command, options, context);
      }),
    );
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Wants a whole number from 1, for example 4.");
}
