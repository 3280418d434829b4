/** `npm run local -- COMMAND`: the life of the local stack, with the exit codes of the Pulumi CLI. */
import { Command } from "commander";
import { z } from "zod";
import { resetTwin } from "@ai-api-access/local/reset.ts";
import { printOutputs } from "@ai-api-access/local/outputs.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import type { RunOptions } from "@ai-api-access/local/twin.ts";
import { configOption, providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";

const cli = new Command("npm run local --").description(
  "The life of the stack on the local twin (local stand-ins for Auth0 and Okta).",
);

const runSchema = z.object({
  providers: z.enum(["official", "stand-in"]).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
  refresh: z.boolean().optional(),
  excludeProtected: z.boolean().optional(),
  diff: z.boolean().optional(),
});

/** Says progress on the error stream, so that what a command is asked for stands alone on the other. */
const sayAside = (line: string): void => {
  console.error(line);
};

function engineCommand(name: "up" | "preview" | "refresh" | "destroy", description: string): Command {
  return cli
    .command(name)
    .description(description)
    .option(...providersOption)
    .option(...configOption)
    .action((raw: unknown) => {
      const { providers, config, refresh, excludeProtected, diff } = runSchema.parse(raw);
      return runCommand((signal) =>
        inSession({ providers, config, say, signal }, async (twin) => {
          const options: RunOptions = {
            signal,
            color: process.stdout.isTTY ? "always" : "never",
            onOutput: (text) => process.stdout.write(text),
            ...(refresh === undefined ? {} : { refresh }),
            ...(excludeProtected === undefined ? {} : { excludeProtected }),
            ...(diff === undefined ? {} : { diff }),
          };
          await twin.run(name, options);
          return 0;
        }),
      );
    });
}

const refreshOption = ["--refresh", "read the real state first"] as const;
const diffOption = ["--diff", "show every property that changes"] as const;
engineCommand("up", "create or update the stack")
  .option(...refreshOption)
  .option(...diffOption);
engineCommand("preview", "show what `up` would do")
  .option(...refreshOption)
  .option(...diffOption);
engineCommand("refresh", "bring the state in line with the tenants");
engineCommand("destroy", "take the stack away").option(
  "--exclude-protected",
  "leave what is protected, and what it needs",
);

cli
  .command("outputs")
  .description("print the outputs of the stack; secrets masked")
  .option("--json", "as JSON, for programs")
  .option("--show-secrets", "secrets too")
  .action((raw: unknown) => {
    const { json, showSecrets } = z
      .object({ json: z.boolean().default(false), showSecrets: z.boolean().default(false) })
      .parse(raw);
    return runCommand((signal) =>
      inSession({ say: sayAside, signal }, async (twin) => {
        const outputs = await twin.outputs(showSecrets);
        if (json) say(JSON.stringify(outputs, null, 2));
        else printOutputs(outputs, say);
        return 0;
      }),
    );
  });

cli
  .command("reset")
  .description("take everything local away: stack, state and tenants; the next start begins from nothing")
  .action(() =>
    runCommand(async () => {
      say(await resetTwin());
      return 0;
    }),
  );

await cli.parseAsync();
