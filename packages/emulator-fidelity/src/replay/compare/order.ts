import { isRecord } from "@ai-api-access/emulator-core/json.ts";
import type { Ids } from "./ids.ts";

const ELEMENT_ITSELF = "";

/**
 * Whether a recorded list and ours, which have the same elements in another order, are both in the order of the same
 * id. The ids are each tenant's own, so the order of one says nothing about that of the other.
 *
 * @param got ours, in the recording's words
 */
export function areInOrderOfIds(expected: readonly unknown[], got: readonly unknown[], ids: Ids): boolean {
  const [first] = expected;
  const keys = isRecord(first) ? Object.keys(first) : [ELEMENT_ITSELF];
  return keys.some((key) => {
    const [theirs, ours] = [textsAt(expected, key), textsAt(got, key)];
    if (theirs === undefined || ours === undefined) return false;
    const own = ours.map((text) => ids.ours(text));
    return own.every((text) => text !== undefined) && isSorted(theirs) && isSorted(own);
  });
}

function textsAt(list: readonly unknown[], key: string): string[] | undefined {
  const texts = list.map((element) =>
    key === ELEMENT_ITSELF ? element : isRecord(element) ? element[key] : undefined,
  );
  return texts.every((text) => typeof text === "string") ? texts : undefined;
}

/** In ascending order, letters with or without regard to their case. */
function isSorted(texts: readonly string[]): boolean {
  const ascending = (list: readonly string[]) =>
    list.every((text, n) => n === 0 || (list[n - 1] ?? "") <= text);
  return ascending(texts) || ascending(texts.map((text) => text.toLowerCase()));
}
