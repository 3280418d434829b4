import type { Command } from "commander";
import type { Context, Run } from "../context.ts";
import { configOption } from "../shared/config-option.ts";
import { providersOption } from "../shared/options.ts";

type Work = (commands: typeof import("./command.ts"), options: unknown, context: Context) => Promise<number>;

const CONTINUE = "go on with what does not depend on a resource that failed";

export function registerLocal(program: Command, run: Run): void {
  const local = program
    .command("local")
    .description("The life of the stack on the local twin (local stand-ins for Auth0 and Okta).")
    .addHelpText("after", "\nExit codes are those of the Pulumi CLI.\ndocs/twin.md says more.");

  add(
    "start",
    "bring the stack up from nothing, show its outputs, and serve a page at which its people sign in",
    ({ start }, options, context) => start(options, context),
  )
    .option("--ci", "stop after the outputs, as without a terminal")
    .addOption(providersOption)
    .addOption(configOption);
  add(
    "sign-in",
    "serve the page at which the people of the stack that is up sign in",
    ({ signIn }, options, context) => signIn(options, context),
  );
  engine("up", "create or update the stack")
    .option("--refresh", "read the real state first")
    .option("--diff", "show every property that changes")
    .option("--continue-on-error", CONTINUE);
  engine("preview", "show what `up` would do")
    .option("--refresh", "read the real state first")
    .option("--diff", "show every property that changes");
  engine("refresh", "bring the state in line with the tenants");
  engine("destroy", "take the stack away")
    .option("--exclude-protected", "leave what is protected, and what it needs")
    .option("--continue-on-error", CONTINUE);
  add("outputs", "print the outputs of the stack; secrets masked", ({ outputs }, options, context) =>
    outputs(options, context),
  )
    .option("--json", "as JSON, for programs")
    .option("--show-secrets", "secrets too");
  add(
    "reset",
    "take everything local away: stack, state and tenants; the next start begins from nothing",
    ({ reset }, _options, context) => reset(context),
  );
  add(
    "demo",
    "bring the stack up on tenants of its own, start the API that it guards, and show who gets in",
    ({ demo }, options, context) => demo(options, context),
  )
    .option("--ci", "stop after the table")
    .addOption(providersOption)
    .addOption(configOption);

  function engine(name: "up" | "preview" | "refresh" | "destroy", description: string): Command {
    return add(name, description, (commands, options, context) => commands.engine(name, options, context))
      .addOption(providersOption)
      .addOption(configOption);
  }

  function add(name: string, description: string, work: Work): Command {
    return local
      .command(name)
      .description(description)
      .action((options: unknown) =>
        run(async (context) => work(await import("./command.ts"), options, context)),
      );
  }
}
