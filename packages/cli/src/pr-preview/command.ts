/** `ai-api-access pr-preview`: what a pull request changes, without an account. */
import { appendFileSync } from "node:fs";
import { writeWhole } from "@ai-api-access/emulator-core/machine/files.ts";
import { z } from "zod";
import type { Context } from "../context.ts";
import { providersSchema } from "../shared/options.ts";
import { render, type Outcome } from "./report.ts";
import { previewPullRequest } from "./run.ts";

const optionsSchema = z.object({
  base: z.string(),
  config: z.string().optional(),
  out: z.string().optional(),
  providers: providersSchema,
});

const EXIT_CODES: Readonly<Record<Outcome["kind"], number>> = {
  applied: 0,
  removed: 0,
  failed: 1,
  stopped: 2,
};
const READABLE = 0o644;

export async function runPrPreview(raw: unknown, { print, say, untilStopped }: Context): Promise<number> {
  const { base, config, out, providers } = optionsSchema.parse(raw);
  const signal = untilStopped("Stopped. Nothing of it is left behind.");
  const report = await previewPullRequest({ base, config, providers, say, signal });
  const text = render(report);
  const summary = process.env.GITHUB_STEP_SUMMARY;
  if (out !== undefined) writeWhole(out, text, READABLE);
  if (summary !== undefined && summary !== "") appendFileSync(summary, text);
  print(text);
  return Math.max(...report.stacks.map(({ outcome }) => EXIT_CODES[outcome.kind]));
}
