/** `npm run doctor -- --stack NAME`: what stands in the way of an `up`, found by reading alone. */
import { UserError } from "@ai-api-access/user-error";
import { Command } from "commander";
import { z } from "zod";
import { configOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";
import { STACK } from "@ai-api-access/local/project.ts";
import { diagnose } from "./doctor.ts";
import { withLocalStack, withRealStack } from "./open.ts";
import { describe, isHealthy } from "./report.ts";
import { checkTools } from "./tools.ts";
import type { DoctorInput } from "./input.ts";

const cli = new Command("npm run doctor --")
  .description(
    "Looks for everything that would stop `up` of a stack, or surprise it, before anything is changed. It only reads.",
  )
  .requiredOption(
    "-s, --stack <name>",
    "the stack, as `pulumi stack ls` names it; local for the stack of the local twin",
  )
  .option("--json", "the checks as JSON, for programs")
  .option(...configOption)
  .parse();

const options = z
  .object({
    stack: z.string(),
    json: z.boolean().default(false),
    config: z.record(z.string(), z.unknown()).optional(),
  })
  .parse(cli.opts());

/** Progress goes beside the report. */
const sayAside = (line: string): void => {
  console.error(line);
};

await runCommand(async (signal) => {
  if (options.stack !== STACK && options.config !== undefined) {
    throw new UserError("--config is for the stack of the twin (--stack local).");
  }
  const report = async (input: DoctorInput | undefined, tools = input?.tools): Promise<number> => {
    const checks = input !== undefined ? await diagnose(input) : tools ? checkTools(tools) : [];
    if (options.json)
      say(JSON.stringify({ stack: options.stack, healthy: isHealthy(checks), checks }, null, 2));
    else for (const line of describe(checks, options.stack)) say(line);
    return isHealthy(checks) ? 0 : 1;
  };
  return options.stack === STACK
    ? withLocalStack({ config: options.config ?? {}, say: sayAside, signal }, report)
    : withRealStack({ name: options.stack, folder: process.cwd() }, report);
});
