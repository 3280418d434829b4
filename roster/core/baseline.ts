/**
 * The record that is written down before the roster changes anything: who and what of the declared people was there
 * already, so that what the roster adds can be told from it later, whatever happens to the run.
 *
 * An engine or a plugin that is killed in the middle of its work leaves nothing in the state of the resource that it
 * worked on. The record belongs to a resource of its own, which the engine has saved by then.
 */
import { common, minus, NOTHING, union } from "./items.ts";
import type { Items } from "./items.ts";
import { packed, readItems, unpacked, writeItems } from "./text.ts";

/** People that were declared and are not anymore; the roster takes away what it gave them. */
export interface Left {
  /** The version of the last record that declared them. */
  readonly version: number;
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
  readonly left: readonly Left[];
}

/**
 * For so long a list may show what was taken away, in milliseconds.
 *
 * Management API reference, GET /api/v2/organizations/{id}/members: "This endpoint is subject to eventual
 * consistency."
 */
export const LIST_LAG = 10 * 60 * 1000;

/** For so many records what has left is remembered although no list shows it anymore. */
const REMEMBERED = 5;

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
  const left = leavings(last?.record, minus(ours, declared.items), there, now);
  const seen = minus(there, lately(left, now));
  return {
    version,
    digest: declared.digest,
    theirs: minus(common(declared.items, seen), ours),
    left,
  };
}

function leavings(record: Baseline | undefined, items: Items, there: Items, now: number): Left[] {
  const kept = (record?.left ?? []).flatMap((left) => {
    const old = (record?.version ?? 0) - left.version >= REMEMBERED;
    const rest = old ? common(left.items, there) : left.items;
    return rest.size === 0 ? [] : [{ ...left, items: rest }];
  });
  if (record === undefined || items.size === 0) return kept;
  return [...kept, { version: record.version, at: now, items }];
}

/** What left a short while ago, so that a list may still show it after it was taken away. */
export function lately(left: readonly Left[], now: number): Items {
  return union(...left.filter(({ at }) => now - at < LIST_LAG).map(({ items }) => items));
}

export function writeBaseline(record: Baseline): string {
  return JSON.stringify({
    version: record.version,
    digest: record.digest,
    ...(record.theirs.size > 0 && { theirs: packed(writeItems(record.theirs)) }),
    ...(record.left.length > 0 && {
      left: record.left.map(({ version, at, items }) => ({ version, at, items: packed(writeItems(items)) })),
    }),
  });
}

/** Reads what {@link writeBaseline} wrote. @throws SyntaxError for anything else */
export function readBaseline(text: string): Baseline {
  const record = objectOf(JSON.parse(text));
  const left = Array.isArray(record.left) ? record.left.map(objectOf) : [];
  return {
    version: Number(record.version),
    digest: String(record.digest),
    theirs: itemsOf(record.theirs),
    left: left.map(({ version, at, items }) => ({
      version: Number(version),
      at: Number(at),
      items: itemsOf(items),
    })),
  };
}

function itemsOf(value: unknown): Items {
  return typeof value === "string" ? readItems(unpacked(value)).items : NOTHING;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
