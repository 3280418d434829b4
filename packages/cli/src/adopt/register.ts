import { type Command, InvalidArgumentError } from "commander";
import { z } from "zod";
import { configOption, providersOption } from "../shared/options.ts";
import { runCommand } from "../shared/run.ts";

const optionsSchema = z.object({
  stack: z.string(),
  plan: z.boolean().default(false),
  id: z.record(z.string(), z.string()).default({}),
  config: z.record(z.string(), z.unknown()).optional(),
  providers: z.enum(["official", "stand-in"]).optional(),
});
export type Options = z.output<typeof optionsSchema>;

export function registerAdopt(program: Command): void {
  program
    .command("adopt")
    .description(
      "Take into a stack what it declares and the tenants hold already: print the plan, import it through the " +
        "engine, and show what the next `up` would still change. Nothing is changed in the tenants.",
    )
    .requiredOption(
      "-s, --stack <name>",
      "the stack, as `pulumi stack ls` names it; local for the stack of the local twin",
    )
    .option("--plan", "show the plan and end")
    .option(
      "--id <name=id>",
      "the id of what a tenant has more than once, by its logical name (may be given again)",
      (text: string, earlier: Record<string, string> | undefined) => {
        const [, name, id] = /^(.+?)=(.+)$/.exec(text) ?? [];
        if (name === undefined || id === undefined) {
          throw new InvalidArgumentError(`Got ${text}; wants NAME=ID, for example service-app=0oa1b2c3.`);
        }
        return { ...earlier, [name]: id };
      },
    )
    .option(...configOption)
    .option(...providersOption)
    .action(async (raw: unknown) => {
      const { adoptCommand } = await import("./command.ts");
      const options = optionsSchema.parse(raw);
      await runCommand((signal) => adoptCommand(options, signal));
    });
}
