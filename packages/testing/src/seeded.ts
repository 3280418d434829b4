/**
 * How often a property is tried. `npm test` tries few cases, the same each time; a soak tries many, by a seed of its
 * own.
 */
export function seeded(runs: number): { readonly numRuns: number; readonly seed: number } {
  const { SOAK_RUNS, SOAK_SEED } = process.env;
  return { numRuns: Number(SOAK_RUNS ?? runs), seed: Number(SOAK_SEED ?? 20_261_128) };
}
