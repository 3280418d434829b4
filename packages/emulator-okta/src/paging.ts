import { z } from "zod";
import type { Collection } from "@ai-api-access/emulator-core/collection.ts";
import { parseJson } from "@ai-api-access/emulator-core/json.ts";
import { Reply } from "@ai-api-access/emulator-core/routes.ts";
import type { Call } from "@ai-api-access/emulator-core/routes.ts";
import type { Where } from "@ai-api-access/emulator-core/where.ts";
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
export interface PageRequest {
  readonly limit: number;
  readonly after?: string | undefined;
}

/**
 * One page of a collection as Okta answers a list: a bare array, with `Link` headers to itself and, when there
 * is more, to the next page (Okta docs, "Pagination"). A list goes in the order of ids, which is that of creation,
 * or first in that of other columns.
 */
export function pageReply<T, K extends string>(
  collection: Collection<T, K>,
  where: Where<K | "key"> | undefined,
  page: PageRequest,
  call: Call,
  render: (doc: T) => unknown,
  first: readonly K[] = [],
): Reply {
  const { limit } = page;
  const order = [...first, "key"] as const;
  // One more than asked for tells whether there is a next page.
  const found = collection.find(where, {
    order,
    limit: limit + 1,
    ...(page.after === undefined ? {} : { after: placeOf(page.after, order.length) }),
  });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last !== undefined ? cursorOf(collection, last, first) : undefined;
  return listReply(call, shown.map(render), limit, next);
}

/** The cursor that stands for a place: the id, as Okta's are, where the order is that of ids. */
function cursorOf<T, K extends string>({ spec }: Collection<T, K>, doc: T, first: readonly K[]): string {
  const key = spec.key(doc);
  if (first.length === 0) return key;
  const values = first.map((column) => spec.columns?.[column].of(doc) ?? null);
  return Buffer.from(JSON.stringify([...values, key])).toString("base64url");
}

const placeSchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** The place that a cursor stands for; throws 400 for one that no list gave. */
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

/** A page that was found some other way; `next` is the id after which the next page begins, if there is one. */
export function listReply(
  call: Call,
  body: readonly unknown[],
  limit: number,
  next: string | undefined,
): Reply {
  return new Reply(200, body, { link: linkLines(call, limit, next) });
}

/** A list that has no pages, with the `Link` header to itself that Okta gives there too. */
export function wholeReply(call: Call, body: readonly unknown[]): Reply {
  return new Reply(200, body, { link: [`<${call.origin}${call.url}>; rel="self"`] });
}

function linkLines(call: Call, limit: number, next: string | undefined): string[] {
  const self = `<${call.origin}${call.url}>; rel="self"`;
  if (next === undefined) return [self];
  const url = new URL(call.url, call.origin);
  url.searchParams.set("after", next);
  url.searchParams.set("limit", String(limit));
  return [self, `<${url.href}>; rel="next"`];
}
