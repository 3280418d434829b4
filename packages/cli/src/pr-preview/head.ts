/** The branch's stack, previewed and applied over the base's. */
import { UserError } from "@ai-api-access/user-error";
import type { TwinHome } from "@ai-api-access/local/home.ts";
import type { ConfigValues } from "@ai-api-access/local/project.ts";
import type { ProviderKind } from "@ai-api-access/local/providers.ts";
import { inSession } from "@ai-api-access/local/session.ts";
import type { Twin } from "@ai-api-access/local/twin.ts";
import { inPlaceOfLocalStack } from "../shared/stack/words.ts";
import { lossesOf } from "./losses.ts";
import { outputDifferences, readOutputs } from "./outputs.ts";
import type { Outcome, StackReport } from "./report.ts";
import { Steps } from "./steps.ts";

export interface HeadOptions {
  readonly home: TwinHome;
  readonly providers: ProviderKind | undefined;
  readonly config: ConfigValues;
  /** Of the stack whose values these are. */
  readonly name: string;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export type Findings = Omit<StackReport, "file" | "access">;

/** A branch that does not apply is a finding, too: a name that is not there, an error of the engine. */
export async function applyHead({ signal, name, ...session }: HeadOptions): Promise<Findings> {
  try {
    const found = await inSession({ ...session, signal }, (twin) => compare(twin, signal, name, session.say));
    return { ...found, outcome: named(found.outcome, name) };
  } catch (error) {
    signal.throwIfAborted();
    return asFindings(error);
  }
}

/** What the program says of the twin's stack is meant of the one that it stands for. */
function named(outcome: Outcome, name: string): Outcome {
  if (outcome.kind !== "failed") return outcome;
  return { kind: "failed", errors: outcome.errors.map((text) => inPlaceOfLocalStack(text, name)) };
}

export function asFindings(error: unknown): Findings {
  const known = error instanceof Error && (error instanceof UserError || error.name === "ConfigError");
  if (!known) throw error;
  return { outcome: { kind: "failed", errors: [error.message] }, changes: [], outputs: [], notes: [] };
}

async function compare(
  twin: Twin,
  signal: AbortSignal,
  name: string,
  say: (line: string) => void,
): Promise<Findings> {
  const before = await readOutputs(twin);
  say(`Previewing the branch's stack ${name}.`);
  const preview = new Steps();
  const refusal = await attempt(signal, () =>
    twin.stack.preview({ onEvent: preview.follow, signal, color: "never" }),
  );
  const planned = preview.changes();
  const losses = lossesOf(planned, preview.refusals);
  if (losses.length > 0)
    return { outcome: { kind: "stopped", losses }, changes: planned, outputs: [], notes: [] };
  if (refusal !== undefined) return failed(preview, refusal);

  say(`Applying the branch's stack ${name}.`);
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
    (change) => `The preview expected something else of \`${change.name}\`, which saw: ${change.operation}.`,
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
  // The engine reports an error of an inline program twice.
  const errors = steps.errors.length > 0 ? [...new Set(steps.errors)] : [error.message];
  return { outcome: { kind: "failed", errors }, changes: steps.changes(), outputs: [], notes: [] };
}
