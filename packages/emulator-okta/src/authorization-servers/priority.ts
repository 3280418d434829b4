import type { Collection } from "@ai-api-access/emulator-core";

interface Ranked {
  readonly id: string;
  readonly priority: number;
}

/** Writes `item` at the place `wanted` among its siblings, which make room; gives what was written. */
export function putAt<T extends Ranked>(
  collection: Pick<Collection<T>, "put">,
  siblings: readonly T[],
  item: T,
  wanted: number | undefined,
): T {
  const all = placed(siblings, item, wanted);
  for (const each of all) collection.put(each);
  return all.find(({ id }) => id === item.id) ?? item;
}

/**
 * Puts `item` at the place `wanted` among its siblings and numbers all of them from 1 without gaps. Those at that
 * place or after it move down. Without a place, or with one beyond the end, it comes last, as at Okta ("defaults to
 * the last priority"). That gaps close is not in Okta's documentation.
 */
function placed<T extends Ranked>(siblings: readonly T[], item: T, wanted: number | undefined): T[] {
  const others = siblings.filter(({ id }) => id !== item.id).toSorted((a, b) => a.priority - b.priority);
  const place = Math.min(wanted ?? Infinity, others.length + 1) - 1;
  return numbered([...others.slice(0, place), item, ...others.slice(place)]);
}

/** Numbers items in their order, from 1 without gaps. */
export function numbered<T extends Ranked>(items: readonly T[]): T[] {
  return items.map((item, index) => ({ ...item, priority: index + 1 }));
}
