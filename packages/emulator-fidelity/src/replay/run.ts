import type { KnownDifference } from "../ledger/known-difference.ts";
import { recordingFiles } from "./recordings/folder.ts";
import type { Skipped } from "./recordings/folder.ts";
import type { Recording, VendorName } from "./recordings/recording.ts";
import { replay } from "./replay.ts";
import type { Look } from "./replay.ts";
import type { RecordingResult, Result } from "./report/result.ts";
import type { Targets } from "./target.ts";
import { judge } from "./verdict.ts";

/** Which recordings to replay. */
export interface Selection {
  readonly folder: string;
  readonly vendors: readonly VendorName[];
  /** Only recordings whose name holds this. */
  readonly only?: string | undefined;
}

/** Replays the recordings of a folder, each against a tenant as it was born. */
export async function run(
  selection: Selection,
  ledger: readonly KnownDifference[],
  targets: Targets,
  look?: (vendor: VendorName, ...answer: Parameters<Look>) => void,
): Promise<Result> {
  const recordings: RecordingResult[] = [];
  const skipped: Skipped[] = [];
  for (const recording of read(selection, skipped)) {
    const { name, vendor } = recording;
    const replayed = await replay(recording, await targets.of(vendor), (...answer) =>
      look?.(vendor, ...answer),
    );
    recordings.push({ recording: { name, vendor }, judged: judge(replayed, ledger), setUp: replayed.setUp });
  }
  return { folder: selection.folder, recordings, skipped };
}

function* read({ folder, vendors, only = "" }: Selection, skipped: Skipped[]): Generator<Recording> {
  for (const file of recordingFiles(folder)) {
    if (!file.name.includes(only)) continue;
    const recording = file.read();
    if ("reason" in recording) skipped.push(recording);
    else if (vendors.includes(recording.vendor)) yield recording;
  }
}
