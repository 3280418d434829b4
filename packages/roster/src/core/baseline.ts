/**
 * The record that is written down before the roster changes anything: what it is about to add, so that what it added
 * can be told later from what was there, whatever happens to the run.
 *
 * An engine or a plugin that is killed in the middle of its work leaves nothing in the state of the resource that it
 * worked on. The record belongs to a resource of its own, which the engine has saved by then.
 */
import { common, minus, NOTHING, union, xor } from "./items.ts";
import type { Items } from "./items.ts";
import { packed, readItems, unpacked, writeItems } from "./text.ts";

/** What a run was about to add: declared, and not there. */
export interface Announced {
  /** The version of the record that announced it. */
  readonly version: number;
  readonly items: Items;
}

/** What was declared and ours, and is not declared anymore: the roster takes it away. */
export interface Left {
  /** When that was found, in milliseconds since 1970. */
  readonly at: number;
  readonly items: Items;
}

export interface Baseline {
  /** Counts the records of this resource, from 1. */
  readonly version: number;
  /** Names the declared people that this record is about. */
  readonly digest: string;
  /** Of what is declared, that which was there already and is not ours. */
  readonly theirs: Items;
  /** By this record and those before it, the oldest first. */
  readonly announced: readonly Announced[];
  readonly left: readonly Left[];
}

export const NO_RECORD: Baseline = { version: 0, digest: "", theirs: NOTHING, announced: [], left: [] };

/**
 * For so long a list may show what was taken away, in milliseconds.
 *
 * Management API reference, GET /api/v2/organizations/{id}/members: "This endpoint is subject to eventual
 * consistency."
 */
export const LIST_LAG = 10 * 60 * 1000;

/** So many runs in a row may be killed, and still it is known what they may have added. */
const REMEMBERED = 20;

/** What is declared, by role id, and the name of that. */
export interface Declared {
  readonly items: Items;
  readonly digest: string;
}

/**
 * The next record.
 *
 * @param last the record before and what it was about, if there is one
 * @param there what the organization's list shows now
 */
export function nextBaseline(
  last: { readonly record: Baseline; readonly declared: Items } | undefined,
  declared: Declared,
  there: Items,
  now: number,
): Baseline {
  const version = (last?.record.version ?? 0) + 1;
  const ours = last === undefined ? NOTHING : minus(last.declared, last.record.theirs);
  const leaving = minus(ours, declared.items);
  const left = [
    ...(last?.record.left ?? []).filter((earlier) => isRecent(earlier, now)),
    ...(leaving.size === 0 ? [] : [{ at: now, items: leaving }]),
  ];
  const seen = minus(there, lately(left, now));
  const announced = [...(last?.record.announced ?? []), { version, items: minus(declared.items, seen) }];
  return {
    version,
    digest: declared.digest,
    theirs: minus(common(declared.items, seen), ours),
    announced: announced.slice(-REMEMBERED),
    left,
  };
}

function isRecent({ at }: Left, now: number): boolean {
  return now - at < LIST_LAG;
}

/** What left a short while ago, so that a list may still show it after it was taken away. */
export function lately(left: readonly Left[], now: number): Items {
  return union(...left.filter((one) => isRecent(one, now)).map(({ items }) => items));
}

/** @param recorded the people that the record is about: most of it can be said by how it differs from them */
export function writeBaseline(record: Baseline, recorded: Items): string {
  const brief = (items: Items): string => {
    const plain = packed(writeItems(items));
    const different = `~${packed(writeItems(xor(items, recorded)))}`;
    return different.length < plain.length ? different : plain;
  };
  return JSON.stringify({
    version: record.version,
    digest: record.digest,
    theirs: brief(record.theirs),
    announced: record.announced.map(({ version, items }) => ({ version, items: brief(items) })),
    left: record.left.map(({ at, items }) => ({ at, items: brief(items) })),
  });
}

/** Which people a record is about, and the how manieth it is. */
export function headOf(text: string): Pick<Baseline, "version" | "digest"> {
  const { version, digest } = objectOf(JSON.parse(text));
  return { version: Number(version), digest: String(digest) };
}

/** Reads what {@link writeBaseline} wrote of the same people. */
export function readBaseline(text: string, recorded: Items): Baseline {
  const record = objectOf(JSON.parse(text));
  const itemsOf = (value: unknown): Items => {
    const brief = typeof value === "string" ? value : packed("[]");
    const { items } = readItems(unpacked(brief.replace("~", "")));
    return brief.startsWith("~") ? xor(items, recorded) : items;
  };
  return {
    ...headOf(text),
    theirs: itemsOf(record.theirs),
    announced: objectsOf(record.announced).map(({ version, items }) => ({
      version: Number(version),
      items: itemsOf(items),
    })),
    left: objectsOf(record.left).map(({ at, items }) => ({ at: Number(at), items: itemsOf(items) })),
  };
}

function objectsOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(objectOf) : [];
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
