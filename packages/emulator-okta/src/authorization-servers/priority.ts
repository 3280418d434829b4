/** What stands in an order of its own kind. */
export interface Ranked {
  readonly id: string;
  readonly priority: number;
}

/**
 * Puts `item` at the place `wanted` among its siblings and numbers all of them from 1 without gaps. Who stands
 * at that place or after it moves down. Without a place, or with one beyond the end, it comes last, as Okta
 * does ("defaults to the last priority"). That gaps close is not in Okta's documents.
 */
export function placed<T extends Ranked>(siblings: readonly T[], item: T, wanted: number | undefined): T[] {
  const others = siblings.filter(({ id }) => id !== item.id).toSorted((a, b) => a.priority - b.priority);
  const place = Math.min(wanted ?? Infinity, others.length + 1) - 1;
  return numbered([...others.slice(0, place), item, ...others.slice(place)]);
}

/** Numbers what is left in its order, from 1 without gaps. */
export function numbered<T extends Ranked>(items: readonly T[]): T[] {
  return items.map((item, index) => ({ ...item, priority: index + 1 }));
}
