/** What came of repeated runs, in seconds. */
export interface Times {
  readonly median: number;
  readonly fastest: number;
  readonly slowest: number;
}

/** The middle one; the mean of the two in the middle when their number is even. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [upper, lower] = [sorted[Math.floor(sorted.length / 2)], sorted[Math.ceil(sorted.length / 2) - 1]];
  if (upper === undefined || lower === undefined) throw new Error("There is no median of nothing.");
  return (lower + upper) / 2;
}

export function timesOf(seconds: readonly number[]): Times {
  return { median: median(seconds), fastest: Math.min(...seconds), slowest: Math.max(...seconds) };
}

/**
 * Runs two things in turn: one warm-up each, then `rounds` rounds. Who goes first changes with the round, so that
 * neither always runs on what the other left in the machine's caches.
 *
 * @param a answers how long it took, in seconds; so does `b`
 */
export async function sideBySide(
  rounds: number,
  a: () => Promise<number>,
  b: () => Promise<number>,
): Promise<readonly [Times, Times]> {
  await a();
  await b();
  const took: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    if (round % 2 === 0) {
      took[0].push(await a());
      took[1].push(await b());
    } else {
      took[1].push(await b());
      took[0].push(await a());
    }
  }
  return [timesOf(took[0]), timesOf(took[1])];
}
