import { isRecord } from "@ai-api-access/emulator-core";
import type { DifferenceKind } from "../../ledger/known-difference.ts";
import { BLANK } from "../recordings/recorder.ts";
import type { VendorName } from "../recordings/recording.ts";
import { align } from "./align.ts";
import type { Ids } from "./ids.ts";
import { skeletonOf, timeForm } from "./opaque.ts";

/** One way in which the local tenant's answer is not the recorded one. */
export interface Difference {
  readonly kind: DifferenceKind;
  /**
   * Where in the body: `members[2].roles`; empty for the whole. Of a status: `204 202`, expected and got. Of a header:
   * its name, and what of it: `link.next`.
   */
  readonly at: string;
  /** As JSON, shortened. */
  readonly expected?: string;
  readonly got?: string;
}

/** A place without the numbers of list elements: `members[].roles`. */
export function placeOf({ at }: Difference): string {
  return at.replaceAll(/\[\d+\]/g, "[]");
}

const LONGEST = 160;

/** A value as a short text. */
export function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** What a comparison needs to know in addition to the two values. */
export interface Setting {
  readonly vendor: VendorName;
  /** Learns which made-up value stands for which. */
  readonly ids: Ids;
  /** Texts that the client itself sent: where one of these is expected, nothing else will do. */
  readonly sent: ReadonlySet<string>;
  /** Compares the times of two things, once what stands for what is known. */
  readonly times?: (expected: Shown, got: Shown, at: string) => Difference[];
}

type Shown = Readonly<Record<string, unknown>>;

/**
 * Compares a recorded value with the local one, which is in the recording's words already, as far as ids are known;
 * made-up values that appear for the first time are learned on the way.
 */
export function compare(expected: unknown, got: unknown, setting: Setting, at = "", key = ""): Difference[] {
  if (Array.isArray(expected) && Array.isArray(got)) return compareLists(expected, got, setting, at, key);
  if (isRecord(expected) && isRecord(got)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
    const inside = keys.flatMap((name) => {
      const place = at === "" ? name : `${at}.${name}`;
      if (!Object.hasOwn(got, name)) return [missing(place, expected[name])];
      if (!Object.hasOwn(expected, name)) return [extra(place, got[name])];
      return compare(expected[name], got[name], setting, place, name);
    });
    return [...inside, ...(setting.times?.(expected, got, at) ?? [])];
  }
  if (typeof expected === "string" && typeof got === "string" && sameText(expected, got, key, setting)) {
    return [];
  }
  return Object.is(expected, got) ? [] : [{ kind: "value", at, expected: shown(expected), got: shown(got) }];
}

function missing(at: string, expected: unknown): Difference {
  return { kind: "missing", at, expected: shown(expected) };
}

function extra(at: string, got: unknown): Difference {
  return { kind: "extra", at, got: shown(got) };
}

function compareLists(
  expected: readonly unknown[],
  got: readonly unknown[],
  setting: Setting,
  at: string,
  key: string,
): Difference[] {
  const aligned = align(expected, got);
  const unpaired = Math.min(aligned.missing.length, aligned.extra.length);
  // What shares nothing with anything is compared in its order.
  const pairs = [
    ...aligned.pairs,
    ...aligned.missing.slice(0, unpaired).map((i, n) => [i, aligned.extra[n] ?? 0] as const),
  ].toSorted(([one], [other]) => one - other);
  const inOrder = pairs.every(([, j], n) => n === 0 || j > (pairs[n - 1]?.[1] ?? -1));
  const place = (index: number) => `${at}[${String(index)}]`;
  return [
    ...pairs.flatMap(([i, j]) => compare(expected[i], got[j], setting, place(i), key)),
    ...aligned.missing.slice(unpaired).map((i) => missing(place(i), expected[i])),
    ...aligned.extra.slice(unpaired).map((j) => extra(place(j), got[j])),
    ...(inOrder || areInOrderOfIds(expected, got, setting.ids)
      ? []
      : [{ kind: "order" as const, at, expected: shown(expected), got: shown(got) }]),
  ];
}

function sameText(expected: string, got: string, key: string, { vendor, ids, sent }: Setting): boolean {
  if (expected === got) return true;
  if (BLANK.test(expected)) return got !== "";
  if (sent.has(expected)) return false;
  const form = timeForm(expected);
  if (form !== undefined) return timeForm(got) === form;
  const [recorded, local] = [skeletonOf(expected, key, vendor), skeletonOf(got, key, vendor)];
  if (recorded.fixed !== local.fixed || recorded.values.length === 0) return false;
  // Every pair is looked at, also after one that does not match, so that as much as can be is learned.
  const same = recorded.values.map(
    (value, n) => value === local.values[n] || ids.learn(value, local.values[n] ?? ""),
  );
  return same.every(Boolean);
}

/**
 * Whether a recorded list and the local one, which have the same elements in another order, are both ordered by the
 * same id. The ids are each tenant's own, so the order of one says nothing about that of the other.
 */
function areInOrderOfIds(expected: readonly unknown[], got: readonly unknown[], ids: Ids): boolean {
  const [first] = expected;
  const keys = isRecord(first) ? Object.keys(first) : [undefined];
  return keys.some((key) => {
    const [recorded, local] = [textsAt(expected, key), textsAt(got, key)];
    if (recorded === undefined || local === undefined) return false;
    const own = local.map((text) => ids.local(text));
    return own.every((text) => text !== undefined) && isSorted(recorded) && isSorted(own);
  });
}

/** The texts at a key of a list's elements, or the elements themselves, if all of them are texts. */
function textsAt(list: readonly unknown[], key: string | undefined): string[] | undefined {
  const texts = list.map((element) =>
    key === undefined ? element : isRecord(element) ? element[key] : undefined,
  );
  return texts.every((text) => typeof text === "string") ? texts : undefined;
}

/** In ascending order, with or without regard to case. */
function isSorted(texts: readonly string[]): boolean {
  const ascending = (list: readonly string[]) =>
    list.every((text, n) => n === 0 || (list[n - 1] ?? "") <= text);
  return ascending(texts) || ascending(texts.map((text) => text.toLowerCase()));
}
