/** What `ai-api-access pr-preview` does: says what a pull request changes, without an account. */
import { appendFileSync } from "node:fs";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";
import type { Options } from "./register.ts";
import { render, type Outcome } from "./report.ts";
import { previewPullRequest } from "./run.ts";

const EXIT_CODES: Readonly<Record<Outcome["kind"], number>> = { applied: 0, failed: 1, stopped: 2 };
const READABLE = 0o644;
/** As shells count a process that SIGINT ended. */
const INTERRUPTED = 130;

export async function prPreviewCommand(
  { base, config, out, providers }: Options,
  signal: AbortSignal,
): Promise<number> {
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
}
