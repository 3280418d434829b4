const tails = new Map<string, Promise<unknown>>();

/** Runs pieces of work with the same key one after another. */
export function oneAtATime<T>(key: string, work: () => Promise<T>): Promise<T> {
  const result = (tails.get(key) ?? Promise.resolve()).then(work, work);
  tails.set(key, result);
  return result;
}
