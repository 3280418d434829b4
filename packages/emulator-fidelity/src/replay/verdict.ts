import { entryFor } from "../ledger/known-difference.ts";
import type { KnownDifference } from "../ledger/known-difference.ts";
import { placeOf } from "./compare/difference.ts";
import type { Difference } from "./compare/difference.ts";
import { idsIn } from "./compare/opaque.ts";
import type { Outcome, Replayed } from "./replay.ts";

/**
 * What becomes of an interaction.
 *
 * - `agrees`: the same status, and the same body but for ids, times and secrets.
 * - `known`: every difference stands in the ledger.
 * - `needs`: all that differs and does not stand in the ledger is about things that the recorded tenant held before,
 *   and that the recording does not show well enough to set them up.
 * - `unserved`: the tenant has no such operation.
 * - `differs`: anything else.
 */
export const VERDICTS = ["agrees", "known", "needs", "unserved", "differs"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** A difference with the entry of the ledger that it stands under, or the word that it needs what was there before. */
export interface JudgedDifference extends Difference {
  readonly known?: KnownDifference;
  readonly needs?: boolean;
}

/** An interaction with its verdict. */
export interface Judged extends Outcome {
  readonly verdict: Verdict;
  readonly differences: readonly JudgedDifference[];
}

/** Judges every interaction of a replayed recording by the list of known differences. */
export function judge(
  { recording, outcomes, prior }: Replayed,
  ledger: readonly KnownDifference[],
): Judged[] {
  return outcomes.map((outcome) => {
    const differences = outcome.differences.map((difference): JudgedDifference => {
      const known = entryFor(ledger, {
        vendor: recording.vendor,
        witness: "recordings",
        operation: outcome.operation ?? "",
        kind: difference.kind,
        at: placeOf(difference),
        recording: recording.name,
      });
      if (known !== undefined) return { ...difference, known };
      return needs(outcome, difference, prior) ? { ...difference, needs: true } : difference;
    });
    return { ...outcome, differences, verdict: verdictOf(outcome, differences) };
  });
}

function verdictOf({ operation }: Outcome, differences: readonly JudgedDifference[]): Verdict {
  if (differences.length === 0) return "agrees";
  if (operation === undefined) return "unserved";
  if (differences.every(({ known }) => known !== undefined)) return "known";
  return differences.every(({ known, needs: prior }) => known !== undefined || prior === true)
    ? "needs"
    : "differs";
}

/** Whether a difference is only that a thing from before the recording is not here. */
function needs(
  { interaction }: Outcome,
  { kind, at, expected }: Difference,
  prior: ReadonlySet<string>,
): boolean {
  const names = (text: string) =>
    idsIn(text, "auth0")
      .concat(idsIn(text, "okta"))
      .some((id) => prior.has(id));
  if (kind === "status") return at.endsWith(" 404") && names(decodeURIComponent(interaction.path));
  return kind === "missing" && at.endsWith("]") && names(expected ?? "");
}
