import { countsOf, interactionsOf } from "./result.ts";
import type { Result } from "./result.ts";

/** A run's report for programs, as plain data. */
export function reportData(result: Result) {
  return {
    folder: result.folder,
    total: countsOf(interactionsOf(result)),
    recordings: result.recordings.map(({ recording, judged, setUp }) => ({
      name: recording.name,
      vendor: recording.vendor,
      total: countsOf(judged),
      setUp,
      interactions: judged.map(({ interaction, operation, verdict, differences }) => ({
        index: interaction.index,
        method: interaction.method,
        path: interaction.path,
        operation: operation ?? null,
        verdict,
        differences: differences.map(({ kind, at, expected, got, known, needs }) => ({
          kind,
          at,
          expected: expected ?? null,
          got: got ?? null,
          ledger: known?.reason ?? null,
          needs: needs ?? false,
        })),
      })),
    })),
    skipped: result.skipped,
  };
}
