import type { DifferenceKind } from "../../ledger/known-difference.ts";

/** One way in which the local tenant's answer is not the recorded one. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** Where in the body: `members[2].roles`; empty for the whole. Of a status: `204 202`, expected and got. */
  readonly at: string;
  /** As JSON, shortened. */
  readonly expected?: string;
  readonly got?: string;
}

const LONGEST = 160;

/** A value as a short text. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A place without the numbers of list elements: `members[].roles`. */
export function placeOf({ at }: Difference): string {
  return at.replaceAll(/\[\d+\]/g, "[]");
}
