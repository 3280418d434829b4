import Table from "cli-table3";
import type { Call } from "./calls.ts";

/** A call of the table, done. */
export interface Done extends Call {
  readonly happened: string;
}

/** Does the calls one after the other. */
export async function doAll(list: readonly Call[]): Promise<Done[]> {
  const done: Done[] = [];
  for (const call of list) done.push({ ...call, happened: await call.happens() });
  return done;
}

export function asExpected({ expected, happened }: Done): boolean {
  return expected === happened;
}

/** No lines between the rows: the table is as wide as a terminal should be asked to be. */
const FRAME = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The table for a terminal. */
export function renderTable(done: readonly Done[]): string {
  const table = new Table({
    head: ["", "Caller", "Call", "Expected", "Happened"],
    style: { head: [], border: [], compact: true },
    chars: FRAME,
  });
  for (const row of done) {
    table.push([asExpected(row) ? "✓" : "✗", row.caller, row.does, row.expected, row.happened]);
  }
  return table.toString();
}
