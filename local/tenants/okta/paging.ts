import { z } from "zod";
import type { Collection } from "../kit/collection.ts";
import { Reply } from "../kit/routes.ts";
import type { Call } from "../kit/routes.ts";
import { and, compare } from "../kit/where.ts";
import type { Where } from "../kit/where.ts";

/** Okta docs, "Pagination": at most 200 entries a page for most lists. */
const MOST = 200;

/** The query parameters with which Okta pages its lists. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(MOST).optional(),
  /** The last id of the page before; clients take it from the `next` link. */
  after: z.string().optional(),
};

/** What was asked of a list. */
export interface PageRequest {
  readonly limit?: number | undefined;
  readonly after?: string | undefined;
}

/**
 * One page of a collection as Okta answers a list: a bare array, with `Link` headers to itself and, when there
 * is more, to the next page (Okta docs, "Pagination"). Lists go in the order of ids, which is that of creation.
 */
export function pageReply<T, K extends string>(
  collection: Collection<T, K>,
  where: Where<K | "key"> | undefined,
  page: PageRequest,
  call: Call,
  render: (doc: T) => unknown,
): Reply {
  const limit = page.limit ?? MOST;
  const conditions = [
    ...(where === undefined ? [] : [where]),
    ...(page.after === undefined ? [] : [compare<K | "key">("key", ">", page.after)]),
  ];
  // One more than asked for tells whether there is a next page.
  const found = collection.find(and(...conditions), { order: ["key"], limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  const next = found.length > limit && last !== undefined ? collection.spec.key(last) : undefined;
  return new Reply(200, shown.map(render), { link: linkLines(call, limit, next) });
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
