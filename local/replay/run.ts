import type { KnownDifference } from "../tenants/ledger/known-difference.ts";
import { recordingFiles } from "./recordings/folder.ts";
import type { Skipped } from "./recordings/folder.ts";
import type { Recording, VendorName } from "./recordings/recording.ts";
import { replay } from "./replay.ts";
import type { RecordingResult, Result } from "./report/result.ts";
import { startTarget } from "./target.ts";
import type { Target } from "./target.ts";
import { judge } from "./verdict.ts";

/** Which recordings to replay. */
export interface Selection {
  readonly folder: string;
  readonly vendors: readonly VendorName[];
  /** Only recordings whose name holds this. */
  readonly only?: string | undefined;
}

/** Replays the recordings of a folder, each against a tenant as it was born. */
export async function run(selection: Selection, ledger: readonly KnownDifference[]): Promise<Result> {
  const targets = new Map<VendorName, Target>();
  const recordings: RecordingResult[] = [];
  const skipped: Skipped[] = [];
  try {
    for (const recording of read(selection, skipped)) {
      const target = targets.get(recording.vendor) ?? (await startTarget(recording.vendor));
      targets.set(recording.vendor, target);
      const replayed = await replay(recording, target);
      recordings.push({ recording, judged: judge(replayed, ledger), setUp: replayed.setUp });
    }
  } finally {
    for (const target of targets.values()) await target.close();
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
