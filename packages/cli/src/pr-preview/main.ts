/** `npm run pr-preview -- --base REF`: what a pull request changes, without an account. */
import { appendFileSync } from "node:fs";
import { Command } from "commander";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";
import { providersOption } from "../shared/options.ts";
import { runCommand } from "../shared/run.ts";
import { render, type Outcome } from "./report.ts";
import { previewPullRequest } from "./run.ts";

const cli = new Command("npm run pr-preview --")
  .description(
    "Deploys the base's stack on a local twin, previews and applies the working tree's over it, and says what changes.",
  )
  .requiredOption("--base <ref>", "branch, tag or commit to compare with, for example origin/main")
  .option("--config <file>", "deploy both with the values of this stack's file (default: Pulumi.local.yaml)")
  .option(
    "--out <file>",
    "write the report there, too (in GitHub Actions it goes to the job's summary as well)",
  )
  .option(...providersOption)
  .addHelpText(
    "after",
    "\nExit codes: 0 it applies; 1 it does not; 2 it would take away something protected, or a connection.",
  )
  .parse();
const options = z
  .object({
    base: z.string(),
    config: z.string().optional(),
    out: z.string().optional(),
    providers: z.enum(["official", "stand-in"]).optional(),
  })
  .parse(cli.opts());

const EXIT_CODES: Readonly<Record<Outcome["kind"], number>> = { applied: 0, failed: 1, stopped: 2 };
const READABLE = 0o644;

/** As shells count a process that SIGINT ended. */
const INTERRUPTED = 130;

await runCommand(async (signal) => {
  const { base, config, out, providers } = options;
  try {
    // The report stands alone on the output.
    const report = await previewPullRequest({ base, config, providers, say: console.error, signal });
    const text = render(report);
    const summary = process.env.GITHUB_STEP_SUMMARY;
    if (out !== undefined) writeWhole(out, text, READABLE);
    if (summary !== undefined && summary !== "") appendFileSync(summary, text);
    console.log(text);
    return EXIT_CODES[report.outcome.kind];
  } catch (error) {
    if (!signal.aborted) throw error;
    console.error("Stopped. Nothing of it is left behind.");
    return INTERRUPTED;
  }
});
