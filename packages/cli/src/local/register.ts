import type { RunOptions } from "@ai-api-access/local/twin.ts";
import type { Command } from "commander";
import { z } from "zod";
import { configOption, providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";

const runSchema = z.object({
  providers: z.enum(["official", "stand-in"]).optional(),
  config: z.record(z.string(), z.unknown()).default({}),
  refresh: z.boolean().optional(),
  excludeProtected: z.boolean().optional(),
  diff: z.boolean().optional(),
});
const refreshOption = ["--refresh", "read the real state first"] as const;
const diffOption = ["--diff", "show every property that changes"] as const;

/** The life of the local stack, with the exit codes of the Pulumi CLI. */
export function registerLocal(program: Command): void {
  const local = program
    .command("local")
    .description("The life of the stack on the local twin (local stand-ins for Auth0 and Okta).");

  const engineCommand = (name: "up" | "preview" | "refresh" | "destroy", description: string) =>
    local
      .command(name)
      .description(description)
      .option(...providersOption)
      .option(...configOption)
      .action(async (raw: unknown) => {
        const { providers, config, refresh, excludeProtected, diff } = runSchema.parse(raw);
        const { inSession } = await import("@ai-api-access/local/session.ts");
        await runCommand((signal) =>
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

  local
    .command("start")
    .description("bring the stack up from nothing, and say what to try next (npm start)")
    .option(...providersOption)
    .action(async (raw: unknown) => {
      const { providers } = runSchema.parse(raw);
      const { startCommand } = await import("./start.ts");
      await runCommand((signal) => startCommand(providers, signal));
    });
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
  local
    .command("outputs")
    .description("print the outputs of the stack; secrets masked")
    .option("--json", "as JSON, for programs")
    .option("--show-secrets", "secrets too")
    .action(async (raw: unknown) => {
      const { json, showSecrets } = z
        .object({ json: z.boolean().default(false), showSecrets: z.boolean().default(false) })
        .parse(raw);
      const { printOutputs } = await import("@ai-api-access/local/outputs.ts");
      const { inSession } = await import("@ai-api-access/local/session.ts");
      // Progress goes to the error stream, so that what was asked for stands alone on the other.
      await runCommand((signal) =>
        inSession({ say: console.error, signal }, async (twin) => {
          const outputs = await twin.outputs(showSecrets);
          if (json) say(JSON.stringify(outputs, null, 2));
          else printOutputs(outputs, say);
          return 0;
        }),
      );
    });
  local
    .command("reset")
    .description("take everything local away: stack, state and tenants; the next start begins from nothing")
    .action(async () => {
      const { resetTwin } = await import("@ai-api-access/local/reset.ts");
      await runCommand(async () => {
        say(await resetTwin());
        return 0;
      });
    });
  local
    .command("demo")
    .description(
      "bring the stack up, start the API it guards, and show who gets in and who does not (npm run demo)",
    )
    .option("--ci", "stop after the table")
    .option(...providersOption)
    .action(async (raw: unknown) => {
      const { ci, providers } = runSchema.extend({ ci: z.boolean().default(false) }).parse(raw);
      const { runDemo } = await import("@ai-api-access/local/demo/index.ts");
      await runCommand(async (signal) => ((await runDemo({ ci, providers, say, signal })) ? 0 : 1));
    });
}
