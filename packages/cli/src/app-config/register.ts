import { type Command, InvalidArgumentError, Option } from "commander";
import type { Run } from "../context.ts";
import { appConfig, optionsSchema } from "./command.ts";
import { FORMATS } from "./formats.ts";

export function registerAppConfig(program: Command, run: Run): void {
  program
    .command("app-config")
    .description("Write the outputs of a stack as the configuration of an application.")
    .option("-s, --stack <name>", "the stack, as the Pulumi CLI on PATH knows it", stackName)
    .addOption(new Option("--twin", "the stack of the local twin").conflicts(["stack", "from"]))
    .option("--from <file>", "the JSON of `pulumi stack output --json`; - is standard input")
    .addOption(
      new Option("--format <format>", "how to write it").choices(Object.keys(FORMATS)).default("env"),
    )
    .option("--out <file>", "write to this file (default: print)")
    .option("--show-secrets", "write secrets too")
    .option("--check", "write nothing; exit with 1 if the file differs from what would be written")
    .addHelpText(
      "after",
      `
Example: ai-api-access app-config --stack dev --format env --out .env
Exit codes: 0 all is well, 1 the file is not up to date, 2 anything else.
docs/app-config.md says more.`,
    )
    .action(async (raw: unknown, command: Command) => {
      const options = optionsSchema.parse(raw);
      const { stack, from, twin, check, out } = options;
      if (stack === undefined && from === undefined && !twin)
        command.error("error: wants one of --stack NAME, --twin, --from FILE. For example: --stack dev");
      if (check && out === undefined)
        command.error("error: --check wants --out FILE to say which file. For example: --out .env");
      await run(async (context) => {
        await appConfig(options, context);
        return 0;
      });
    });
}

/** As Pulumi has it, with organization and project where they are given. */
function stackName(text: string): string {
  if (/^[\w.-]+(\/[\w.-]+){0,2}$/.test(text)) return text;
  throw new InvalidArgumentError("Wants the name of a stack, for example dev or acme/ai-api-access/dev.");
}
