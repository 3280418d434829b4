/** `npm run demo`: the stack, the API it guards, and who gets in. */
import { Command } from "commander";
import { z } from "zod";
import { runDemo } from "@ai-api-access/local/demo/index.ts";
import { providersOption } from "../shared/options.ts";
import { runCommand, say } from "../shared/run.ts";

const cli = new Command("npm run demo --")
  .description(
    "Brings the stack up on the local twin, starts the API it guards, and shows who gets in and who does not.",
  )
  .option("--ci", "stop after the table")
  .option(...providersOption)
  .parse();
const { ci, providers } = z
  .object({ ci: z.boolean().default(false), providers: z.enum(["official", "stand-in"]).optional() })
  .parse(cli.opts());

await runCommand(async (signal) => ((await runDemo({ ci, providers, say, signal })) ? 0 : 1));
