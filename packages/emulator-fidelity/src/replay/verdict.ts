import { entryFor } from "../ledger/known-difference.ts";
import type { KnownDifference } from "../ledger/known-difference.ts";
import { placeOf } from "./compare/compare.ts";
import type { Difference } from "./compare/compare.ts";
import { idsIn } from "./compare/opaque.ts";
import { VENDORS } from "./recordings/recording.ts";
import type { VendorName } from "./recordings/recording.ts";
import type { Outcome, Replayed } from "./replay.ts";
import type { SetUp } from "./set-up/set-up.ts";

/**
 * What becomes of an interaction.
 *
 * - `agrees`: the same status, and the same body but for ids, times and secrets.
 * - `known`: every difference is in the list of known differences.
 * - `needs`: all other differences are about things that the recorded tenant held before, and that the recording does
 *   not show well enough to set them up.
 * - `unserved`: the tenant has no such operation.
 * - `differs`: anything else.
 */
export const VERDICTS = ["agrees", "known", "needs", "unserved", "differs"] as const;
type Verdict = (typeof VERDICTS)[number];

/** A difference with its entry in the list of known ones, or the word that it needs what was there before. */
export interface JudgedDifference extends Difference {
  readonly known?: KnownDifference;
  readonly needs?: boolean;
}

/** An interaction with its verdict. */
export interface Judged extends Outcome {
  readonly verdict: Verdict;
  readonly differences: readonly JudgedDifference[];
}

/** One recording with what became of it. */
export interface RecordingResult {
  readonly name: string;
  readonly vendor: VendorName;
  readonly judged: readonly Judged[];
  readonly setUp: SetUp;
}

/** A file that was left out, and why. */
export interface Skipped {
  readonly name: string;
  readonly reason: string;
}

/** A whole run. */
export interface Result {
  /** The folder or file, as it was named. */
  readonly folder: string;
  readonly recordings: readonly RecordingResult[];
  readonly skipped: readonly Skipped[];
}

/** Judges every interaction of a replayed recording by the list of known differences. */
export function judge(
  { recording, outcomes, prior }: Replayed,
  knownDifferences: readonly KnownDifference[],
): Judged[] {
  return outcomes.map((outcome) => {
    const differences = outcome.differences.map((difference): JudgedDifference => {
      const known = entryFor(knownDifferences, {
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
  const others = differences.filter(({ known }) => known === undefined);
  if (others.length === 0) return "known";
  return others.every(({ needs: prior }) => prior === true) ? "needs" : "differs";
}

/** Whether a difference is only that a thing from before the recording is not here. */
function needs(
  { interaction }: Outcome,
  { kind, at, expected }: Difference,
  prior: ReadonlySet<string>,
): boolean {
  const names = (text: string) =>
    VENDORS.flatMap((vendor) => idsIn(text, vendor)).some((id) => prior.has(id));
  if (kind === "status") return at.endsWith(" 404") && names(decodeURIComponent(interaction.path));
  return kind === "missing" && at.endsWith("]") && names(expected ?? "");
}

/** How many interactions there are of each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** Counts verdicts. */
export function countsOf(judged: readonly Judged[]): Counts {
  const counts = { agrees: 0, known: 0, needs: 0, unserved: 0, differs: 0 };
  for (const { verdict } of judged) counts[verdict] += 1;
  return counts;
}

/** All interactions of a run, or those with one vendor. */
export function interactionsOf({ recordings }: Result, vendor?: VendorName): Judged[] {
  return recordings
    .filter((recording) => vendor === undefined || recording.vendor === vendor)
    .flatMap(({ judged }) => judged);
}

/** Whether all differences are known, or such as nobody can know of a recorded tenant. */
export function isClean(result: Result): boolean {
  const { differs, unserved } = countsOf(interactionsOf(result));
  return differs + unserved === 0;
}
