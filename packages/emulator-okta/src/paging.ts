import { z } from "zod";
import { parseJson, Reply } from "@ai-api-access/emulator-core";
import type { Call, Collection, Where } from "@ai-api-access/emulator-core";
import { validationFailed } from "./errors.ts";

/**
 * The query parameters with which Okta pages its lists (Okta docs, "Pagination").
 * @param most how many entries a page of this list can have
 * @param usual how many it has when the request does not say
 */
export function paged(most: number, usual = most) {
  return {
    limit: z.coerce.number().int().min(1).max(most).default(usual),
    /** Where the page before ended; clients take it from the `next` link. */
    after: z.string().optional(),
  };
}

/** What was asked of a list. */
interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/**
 * One page of a collection as Okta answers a list: a bare array, with `Link` headers to itself and, when there
 * is more, to the next page (Okta docs, "Pagination"). A list is ordered by id, which is the order of creation,
 * or first by other columns.
 */
export function pageReply<T, K extends string>(
  collection: Collection<T, K>,
  where: Where<K | "key"> | undefined,
  page: PageRequest,
  call: Call,
  render: (record: T) => unknown,
  first: readonly K[] = [],
): Reply {
  const { shown, next } = pageOf(collection, where, page, first);
  return listReply(call, shown.map(render), page.limit, next);
}

/** The records of a page, and the place after which the next page begins, if there is one. */
export function pageOf<T, K extends string>(
  collection: Collection<T, K>,
  where: Where<K | "key"> | undefined,
  page: PageRequest,
  first: readonly K[] = [],
): { readonly shown: readonly T[]; readonly next: string | undefined } {
  const { limit } = page;
  const order = [...first, "key"] as const;
  // One more than asked for shows whether there is a next page.
  const found = collection.find(where, {
    order,
    limit: limit + 1,
    ...(page.after === undefined ? {} : { after: placeOf(page.after, order.length) }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last !== undefined ? cursorOf(collection, last, first) : undefined;
  return { shown, next };
}

/** The cursor for a place: the id, as Okta's are, where the list is ordered by id. */
function cursorOf<T, K extends string>({ spec }: Collection<T, K>, record: T, first: readonly K[]): string {
  const key = spec.key(record);
  if (first.length === 0) return key;
  const values = first.map((column) => spec.columns?.[column].of(record) ?? null);
  return Buffer.from(JSON.stringify([...values, key])).toString("base64url");
}

const placeSchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** The place of a cursor; throws 400 for one that no list gave. */
function placeOf(cursor: string, columns: number): z.output<typeof placeSchema> {
  if (columns === 1) return [cursor];
  try {
    const place = placeSchema.parse(parseJson(Buffer.from(cursor, "base64url").toString()));
    if (place.length === columns) return place;
  } catch {
    // Answered below.
  }
  throw validationFailed("after", "after: The cursor is not one of this list");
}

/**
 * A page that was found some other way; `next` is the id after which the next page begins, if there is one.
 * @param body what is on it, or all of it as JSON
 */
export function listReply(
  call: Call,
  body: readonly unknown[] | string,
  limit: number,
  next: string | undefined,
): Reply {
  const url = new URL(call.url, call.origin);
  // Seen in Okta's answers: a direction without a column is no order, and is left out.
  if (!url.searchParams.has("sortBy")) url.searchParams.delete("sortOrder");
  url.searchParams.set("limit", String(limit));
  const links = [`<${url.href}>; rel="self"`];
  if (next !== undefined) {
    url.searchParams.set("after", next);
    links.push(`<${url.href}>; rel="next"`);
  }
  const type = typeof body === "string" ? { "content-type": "application/json; charset=utf-8" } : {};
  return new Reply(200, body, { link: links, ...type });
}

/** A list without pages, with the `Link` header to itself that Okta gives there too. */
export function wholeReply<T>(call: Call, records: readonly T[], render: (record: T) => unknown): Reply {
  return new Reply(200, records.map(render), { link: [`<${call.origin}${call.url}>; rel="self"`] });
}
