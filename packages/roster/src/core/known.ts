/** What the roster knows of its own work when a run begins, and what it may say of it when the run ends. */
import { lately, LIST_LAG } from "./baseline.ts";
import type { Baseline, Declared } from "./baseline.ts";
import { common, minus, NOTHING, union } from "./items.ts";
import type { Items } from "./items.ts";

export interface Known {
  /** What the last run (or refresh, or import) found or put in place, of what is declared or ours. */
  readonly inPlace: Items;
  /** Of that, what was there before and is not ours to take away. */
  readonly theirs: Items;
  /** Ours too, if it turns up: sent without an answer, or missing at a refresh. */
  readonly maybe: Items;
  /** What the last run took away; a list may still show it for a while. */
  readonly taken: Items;
  /** When the last run ended, in milliseconds since 1970. */
  readonly at: number;
  /** The record whose work is done: it has nothing to tell that is not in here. */
  readonly settled: number;
}

export const UNKNOWN_YET: Known = {
  inPlace: NOTHING,
  theirs: NOTHING,
  maybe: NOTHING,
  taken: NOTHING,
  at: 0,
  settled: 0,
};

/** A run's point of view: what it knew, what is declared, and what the organization's list shows. */
export interface View {
  readonly known: Known;
  readonly record: Baseline;
  /** Whether the record was made in this very run: nobody has acted on what it announces. */
  readonly fresh: boolean;
  readonly declared: Declared;
  readonly there: Items;
  readonly now: number;
}

/** What the last run knew to be ours, or possibly ours. */
function ownOf(known: Known): Items {
  return union(minus(known.inPlace, known.theirs), known.maybe);
}

/** What runs that were cut short may have written: all that their records announced. */
function unsettledOf({ known, record, fresh }: View): Items {
  const acted = record.announced.filter(({ version }) => version > known.settled);
  return union(
    ...acted.filter(({ version }) => !fresh || version < record.version).map(({ items }) => items),
  );
}

/** Everything that the roster added at some time, or may have, and has not taken away since. */
export function oursOf(view: View): Items {
  return union(ownOf(view.known), unsettledOf(view));
}

/** What is there, as far as the list can be believed: it may still show what was taken away a moment ago. */
export function seenOf({ known, record, there, now }: View): Items {
  return minus(there, union(takenLately(known, now), lately(record.left, now)));
}

/** What may be there: the list may not yet show what was added a moment ago. */
export function believedOf(view: View): Items {
  const { known, there } = view;
  return union(there, known.inPlace, known.maybe, unsettledOf(view));
}

function takenLately(known: Known, now: number): Items {
  return now - known.at < LIST_LAG ? known.taken : NOTHING;
}

/** What a run did, as far as the vendor has said so. */
export interface Done {
  readonly added: Items;
  readonly removed: Items;
  /** Sent to be added, but without an answer. */
  readonly unanswered: Items;
}

/** What is known when a run has ended, whether it got to its end or not. */
export function knownAfter(view: View, done: Done, now: number): Known {
  const { known, record, declared, there } = view;
  const before = oursOf(view);
  const ours = union(before, done.added);
  const standing = union(common(declared.items, seenOf(view)), done.added);
  // Ours and not declared: still there, unless it was taken away by now.
  const leftOver = minus(common(minus(ours, declared.items), union(there, known.inPlace)), done.removed);
  const inPlace = union(standing, leftOver);
  return {
    inPlace,
    theirs: minus(inPlace, ours),
    maybe: minus(union(before, done.unanswered), union(inPlace, done.removed)),
    taken: minus(union(takenLately(known, now), done.removed), done.added),
    at: now,
    settled: record.version,
  };
}

/**
 * What is known after a look at the organization: what is missing is not in place, but stays ours if it comes back,
 * since the list may lag behind what was added just now.
 */
export function knownAfterLook(known: Known, there: Items, strangers: boolean): Known {
  const inPlace = strangers ? there : common(known.inPlace, there);
  const ours = minus(known.inPlace, known.theirs);
  return {
    ...known,
    inPlace,
    theirs: minus(inPlace, ours),
    maybe: minus(union(known.maybe, ours), inPlace),
  };
}
