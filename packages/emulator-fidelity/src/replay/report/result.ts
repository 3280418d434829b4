import type { Recording, VendorName } from "../recordings/recording.ts";
import type { Skipped } from "../recordings/folder.ts";
import type { SetUp } from "../set-up/set-up.ts";
import { VERDICTS } from "../verdict.ts";
import type { Judged, Verdict } from "../verdict.ts";

/** One recording with what became of it. */
export interface RecordingResult {
  readonly recording: Pick<Recording, "name" | "vendor">;
  readonly judged: readonly Judged[];
  readonly setUp: SetUp;
}

/** A whole run. */
export interface Result {
  /** The folder or file, as it was named. */
  readonly folder: string;
  readonly recordings: readonly RecordingResult[];
  readonly skipped: readonly Skipped[];
}

/** How many interactions there are of each verdict. */
export type Counts = Readonly<Record<Verdict, number>>;

/** Counts verdicts. */
export function countsOf(judged: readonly Judged[]): Counts {
  const count = (wanted: Verdict) => judged.filter(({ verdict }) => verdict === wanted).length;
  return {
    agrees: count("agrees"),
    known: count("known"),
    needs: count("needs"),
    unserved: count("unserved"),
    differs: count("differs"),
  };
}

/** How many interactions were counted. */
export function totalOf(counts: Counts): number {
  return VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
}

/** All interactions of a run, or those with one vendor. */
export function interactionsOf({ recordings }: Result, vendor?: VendorName): Judged[] {
  return recordings
    .filter(({ recording }) => vendor === undefined || recording.vendor === vendor)
    .flatMap(({ judged }) => judged);
}

/** Whether nothing differs but what the ledger names or what nobody can know of a recorded tenant. */
export function isClean(result: Result): boolean {
  const { differs, unserved } = countsOf(interactionsOf(result));
  return differs + unserved === 0;
}
