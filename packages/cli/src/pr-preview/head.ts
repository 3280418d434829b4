/** The head's stack, previewed and applied over the base's. */
import { UserError } from "@ai-api-access/user-error";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import { checkedConfig, loadProgram } from "@ai-api-access/local/program.ts";
import { readLocalStack, type ConfigValues } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import type { Twin } from "@ai-api-access/local/twin.ts";
import { lossesOf } from "./losses.ts";
import { outputDifferences, readOutputs } from "./outputs.ts";
import type { Report } from "./report.ts";
import { Steps } from "./steps.ts";

export interface HeadOptions {
  readonly home: TwinHome;
  readonly providers: ProviderKind | undefined;
  readonly config: ConfigValues;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

type Findings = Pick<Report, "outcome" | "changes" | "outputs" | "notes">;

/** What is wrong with the head's config, found before anything is deployed; undefined when nothing is. */
export async function mistakesOf(config: ConfigValues): Promise<Findings | undefined> {
  try {
    checkedConfig(await loadProgram(), { "auth0:domain": "localhost", ...readLocalStack(config).config });
    return undefined;
  } catch (error) {
    return asFindings(error);
  }
}

/** A head that does not apply is a finding, too: mistakes in its config, an error of the engine. */
export async function applyHead({ signal, ...session }: HeadOptions): Promise<Findings> {
  try {
    return await inSession({ ...session, signal }, (twin) => compare(twin, signal, session.say));
  } catch (error) {
    signal.throwIfAborted();
    return asFindings(error);
  }
}

function asFindings(error: unknown): Findings {
  const known = error instanceof Error && (error instanceof UserError || error.name === "ConfigError");
  if (!known) throw error;
  return { outcome: { kind: "failed", errors: [error.message] }, changes: [], outputs: [], notes: [] };
}

async function compare(twin: Twin, signal: AbortSignal, say: (line: string) => void): Promise<Findings> {
  const before = await readOutputs(twin);
  say("Previewing the head.");
  const preview = new Steps();
  const refusal = await attempt(signal, () =>
    twin.stack.preview({ onEvent: preview.follow, signal, color: "never" }),
  );
  const planned = preview.changes();
  const losses = lossesOf(planned, preview.refusals);
  if (losses.length > 0)
    return { outcome: { kind: "stopped", losses }, changes: planned, outputs: [], notes: [] };
  if (refusal !== undefined) return failed(preview, refusal);

  say("Applying the head.");
  const run = new Steps();
  const failure = await attempt(signal, () =>
    twin.stack.up({ onEvent: run.follow, signal, color: "never", showSecrets: false }),
  );
  if (failure !== undefined) return failed(run, failure);
  const changes = run.changes();
  const outputs = outputDifferences(before, await readOutputs(twin));
  const others = changes.filter(
    ({ urn, operation }) => planned.find((change) => change.urn === urn)?.operation !== operation,
  );
  const notes = others.map(
    ({ name, operation }) => `The preview expected something else of \`${name}\`, which saw: ${operation}.`,
  );
  return { outcome: { kind: "applied" }, changes, outputs, notes };
}

/** The error of a run that the engine did not bring to its end; the engine's events say why. */
async function attempt(signal: AbortSignal, run: () => Promise<unknown>): Promise<Error | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Error && error.name.endsWith("Error")) return error;
    throw error;
  }
}

function failed(steps: Steps, error: Error): Findings {
  const errors = steps.errors.length > 0 ? steps.errors : [error.message];
  return { outcome: { kind: "failed", errors }, changes: steps.changes(), outputs: [], notes: [] };
}
