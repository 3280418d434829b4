/** Long benches in pieces: what one run has measured, the next does not measure again. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "@ai-api-access/local/machine/files.ts";

/** Thrown when the time given is over before everything is measured. */
export class UnfinishedError extends Error {
  override readonly name = "UnfinishedError";
}

export interface Pieces<T> {
  /** The bench's name; its progress is kept in `bench/results/NAME.progress.json`, git ignores it. */
  readonly name: string;
  readonly keys: readonly string[];
  /** What is measured for a key, as it is kept. */
  readonly schema: z.ZodType<T>;
  readonly measure: (key: string, lane: number) => Promise<T>;
  /** How many pieces are measured at a time; one without it. */
  readonly lanes?: number;
  readonly say: (line: string) => void;
  /** `Date.now()` after which no further piece is begun. */
  readonly deadline?: number | undefined;
}

function fileOf(name: string): string {
  return join(import.meta.dirname, "..", "results", `${name}.progress.json`);
}

/** What runs before have measured, by key, while not all of it is there. */
export function measuredSoFar<T>({ name, schema }: Pick<Pieces<T>, "name" | "schema">): Map<string, T> {
  const file = fileOf(name);
  const saved: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  return new Map(Object.entries(z.record(z.string(), schema).parse(saved)));
}

/**
 * Measures every piece that no run before has measured. Once all are, the progress is forgotten: the next run begins
 * from nothing.
 *
 * @returns what was measured, in the order of the keys
 * @throws UnfinishedError
 */
export async function inPieces<T>(pieces: Pieces<T>): Promise<T[]> {
  const { name, keys, measure, lanes = 1, say, deadline = Infinity } = pieces;
  const file = fileOf(name);
  const measured = measuredSoFar(pieces);
  if (measured.size > 0)
    say(`${name}: goes on; ${String(measured.size)} of ${String(keys.length)} are there.`);
  const open = keys.filter((key) => !measured.has(key)).values();
  const work = async (lane: number): Promise<void> => {
    while (Date.now() < deadline) {
      const next = open.next();
      if (next.done === true) return;
      measured.set(next.value, await measure(next.value, lane));
      writeWhole(file, JSON.stringify(Object.fromEntries(measured)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, lane) => work(lane)));
  if (keys.some((key) => !measured.has(key))) {
    throw new UnfinishedError(
      `${name}: ${String(measured.size)} of ${String(keys.length)} are measured. The same command goes on from here.`,
    );
  }
  rmSync(file, { force: true });
  return keys.flatMap((key) => {
    const result = measured.get(key);
    return result === undefined ? [] : [result];
  });
}
