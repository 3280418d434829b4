import { z } from "zod";
import { parseJson } from "@ai-api-access/emulator-core";
import type { Collection, Where } from "@ai-api-access/emulator-core";
import type { Scalar } from "../collections.ts";
import { invalidQuery, ManagementError } from "../errors.ts";
import { compact } from "../objects.ts";
import { flagQuery } from "./formats.ts";

function integer(minimum: number, maximum: number) {
  return z
    .string()
    .transform((text, context) => {
      const value = Number(text);
      const reason = !/^-?\d+$/.test(text)
        ? "Expected type integer but found type string"
        : value < minimum
          ? `Value ${text} is less than minimum ${String(minimum)}`
          : value > maximum
            ? `Value ${text} is greater than maximum ${String(maximum)}`
            : undefined;
      if (reason !== undefined) context.addIssue({ code: "custom", message: reason });
      return value;
    })
    .optional();
}

/**
 * The query of lists that are paged by number.
 * @param least how many entries a page can have: two lists give a page of nothing, for the totals alone
 */
export function paged(least = 1) {
  return {
    page: integer(0, Number.MAX_SAFE_INTEGER).describe(
      "Page index of the results to return. First page is 0.",
    ),
    per_page: integer(least, 100).describe("Number of results per page."),
    include_totals: flagQuery.describe(
      "Return results inside an object that contains the total result count (true) or as a direct array of results (false, default).",
    ),
  };
}

/** The query of lists that are paged by checkpoint; where both are there, its presence decides. */
export function pagedByCheckpoint(most = 100) {
  return {
    from: z.string().optional().describe("Optional Id from which to start selection."),
    take: integer(1, most).describe("Number of results per page. Defaults to 50."),
  };
}

/** What a request asked for of a list's pages. */
export interface PageRequest {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly include_totals?: boolean | undefined;
  readonly from?: string | undefined;
  readonly take?: number | undefined;
}

/** A list as an endpoint gives it. */
interface Listing<T, K extends string> {
  /** The name of the array in answers that are objects. */
  readonly name: string;
  readonly rows: Collection<T, K>;
  readonly where?: Where<K | "key"> | undefined;
  /** That of creation by default. */
  readonly order?: readonly (K | "key" | "seq")[];
  readonly descending?: boolean;
  /** Most rows fit, so that going through all in their order is quicker than sorting those that do. */
  readonly walkInOrder?: boolean | undefined;
  readonly render: (row: T) => unknown;
  readonly defaultPerPage?: number;
  /** Only the first 1000 records can be reached by number. */
  readonly limited?: boolean;
  /** Some endpoints write the totals before the array, users around it, invitations without a total. */
  readonly shape?: "totals-last" | "totals-first" | "users" | "without-total";
  /** How checkpoints are written, for lists that have them besides pages by number. */
  readonly cursor?: Cursor;
  /** `next` comes with every page that is not empty, even the last one (members did so until August 2026). */
  readonly alwaysNext?: boolean;
}

/** How a place in the order of a list is written as a text that means nothing to clients. */
interface Cursor {
  readonly write: (place: readonly Scalar[]) => string;
  /** Gives `undefined` for a text that is none. */
  readonly read: (text: string) => readonly string[] | undefined;
}

/** A list's answer: a bare array, an object with totals, or a page with a checkpoint, as the query asks. */
export function pageReply<T, K extends string>(query: PageRequest, listing: Listing<T, K>): unknown {
  const { cursor, name, rows, where, shape } = listing;
  if (cursor !== undefined && (query.take !== undefined || query.from !== undefined)) {
    return checkpointReply(query, listing);
  }
  const limit = query.per_page ?? listing.defaultPerPage ?? 50;
  const start = (query.page ?? 0) * limit;
  if (listing.limited === true && start >= 1000) {
    const text = "Requesting page exceeds the allowed maximum of 1000 records.";
    throw new ManagementError(400, text, "invalid_paging");
  }
  const items = rows.find(where, { ...orderOf(listing), limit, offset: start }).map(listing.render);
  if (query.include_totals !== true) return items;
  if (shape === "without-total") return { [name]: items, start, limit };
  const total = rows.count(where);
  if (shape === "totals-first") return { total, start, limit, [name]: items };
  if (shape === "users") return { start, limit, length: items.length, [name]: items, total };
  return { [name]: items, start, limit, total };
}

/** A page of a short list that is read as a whole: a bare array, or an object with totals, as the query asks. */
export function arrayReply(query: PageRequest, name: string, items: readonly unknown[]): unknown {
  const limit = query.per_page ?? 50;
  const start = (query.page ?? 0) * limit;
  const page = items.slice(start, start + limit);
  return query.include_totals === true ? { [name]: page, start, limit, total: items.length } : page;
}

/** A page of a list by checkpoint: an object with 50 entries unless `take` says otherwise. */
export function checkpointReply<T, K extends string>(
  { take = 50, from }: Pick<PageRequest, "take" | "from">,
  listing: Listing<T, K>,
): unknown {
  const { cursor = idCursor, name, rows, where, order = ["key"] } = listing;
  const after = from === undefined ? undefined : cursor.read(from);
  if (from !== undefined && after === undefined) throw invalidQuery("from", "Invalid checkpoint");
  // One more than asked for shows whether there is a next page.
  const found = rows.find(where, compact({ ...orderOf(listing), order, after, limit: take + 1 }));
  const page = found.slice(0, take);
  const last = page.at(-1);
  const more = found.length > take || listing.alwaysNext === true;
  const valueAt = (row: T, column: K | "key" | "seq"): Scalar =>
    column === "key" || column === "seq" ? rows.spec.key(row) : (rows.spec.columns?.[column].of(row) ?? null);
  return {
    [name]: page.map(listing.render),
    ...(last !== undefined && more
      ? { next: cursor.write(order.map((column) => valueAt(last, column))) }
      : {}),
  };
}

function orderOf<T, K extends string>({ order, descending, walkInOrder }: Listing<T, K>) {
  return compact({ order, descending, walkInOrder });
}

/** A time and an id, as `2026-04-23 07:39:15.574000UTC,<id>` in unpadded base64. */
export const timeCursor: Cursor = {
  write: ([time, id]) => {
    const written = String(time).replace("T", " ").replace("Z", "000UTC");
    return Buffer.from(`${written},${String(id)}`)
      .toString("base64")
      .replace(/=+$/, "");
  },
  read: (text) => {
    const match = /^(\S+) (\S+)000UTC,(.+)$/.exec(Buffer.from(text, "base64").toString());
    return match === null ? undefined : [`${match[1] ?? ""}T${match[2] ?? ""}Z`, match[3] ?? ""];
  },
};

const textAndId = z.tuple([z.string(), z.string()]);

/** A text to sort by and an id, as JSON in base64. */
export const textCursor: Cursor = {
  write: (place) => Buffer.from(JSON.stringify(place)).toString("base64url"),
  read: (text) => {
    try {
      return textAndId.safeParse(parseJson(Buffer.from(text, "base64url").toString())).data;
    } catch {
      return undefined;
    }
  },
};

/** An id in base64. */
export const idCursor: Cursor = {
  write: ([id]) => Buffer.from(String(id)).toString("base64url"),
  read: (text) => [Buffer.from(text, "base64url").toString()],
};
