import { z } from "zod";
import { parseJson } from "@ai-api-access/emulator-core";
import type { Collection, Where } from "@ai-api-access/emulator-core";
import { ManagementError } from "./errors.ts";

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

/** Paging by number: `page` from 0, `per_page` up to 100, `include_totals`. */
export const offsetQuery = {
  page: integer(0, Number.MAX_SAFE_INTEGER).describe("Page index of the results to return. First page is 0."),
  per_page: integer(1, 100).describe("Number of results per page."),
  include_totals: z
    .enum(["true", "false"])
    .optional()
    .describe(
      "Return results inside an object that contains the total result count (true) or as a direct array of results (false, default).",
    ),
};

/** The same for the two lists that take a page of nothing, to get the totals alone: clients and users. */
export const emptiableQuery = {
  ...offsetQuery,
  per_page: integer(0, 100).describe("Number of results per page."),
};

/** Paging by checkpoint: `take` and `from`. Their presence decides that a request is paged so. */
export function checkpointQuery(maximum = 100) {
  return {
    from: z.string().optional().describe("Optional Id from which to start selection."),
    take: integer(1, maximum).describe("Number of results per page. Defaults to 50."),
  };
}

/** What a request asked for of a list's pages. */
export interface PagingQuery {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly include_totals?: "true" | "false" | undefined;
  readonly from?: string | undefined;
  readonly take?: number | undefined;
}

/** A list as an endpoint gives it. */
export interface Listing<T, K extends string> {
  /** The name of the array in answers that are objects. */
  readonly name: string;
  readonly rows: Pick<Collection<T, K>, "find" | "count">;
  readonly where?: Where<K | "key">;
  readonly order?: readonly (K | "key" | "seq")[];
  readonly descending?: boolean;
  /** Whether to go through the rows in their order; see the kit's `Page.mostFit`. */
  readonly mostFit?: boolean;
  readonly show: (row: T) => unknown;
  readonly defaultPerPage?: number;
  /** Only the first 1000 records can be reached by number. */
  readonly limited?: boolean;
  /** Some endpoints write the totals before the array, users around it, invitations without a total. */
  readonly shape?: "totals-last" | "totals-first" | "users" | "without-total";
  /** How checkpoints are written, for lists that have them. */
  readonly cursor?: Cursor<T>;
}

/** How the places of a list are written as texts that mean nothing to clients. */
export interface Cursor<T> {
  readonly form: CursorForm;
  /** The values of the list's order at a row. */
  readonly of: (row: T) => readonly string[];
  /** `next` comes with every page that is not empty, even the last one (members do so). */
  readonly always?: boolean;
}

/** A form of cursors. `read` gives `undefined` for a text that is none. */
export interface CursorForm {
  readonly write: (values: readonly string[]) => string;
  readonly read: (text: string) => readonly string[] | undefined;
}

const textValues = z
  .string()
  .transform((text, context) => {
    try {
      return parseJson(Buffer.from(text, "base64url").toString());
    } catch {
      context.addIssue({ code: "custom", message: "not JSON" });
      return z.NEVER;
    }
  })
  .pipe(z.tuple([z.string(), z.string()]));

/** A list's answer: a bare array, an object with totals, or a page with a checkpoint, as the query asks. */
export function listed<T, K extends string>(query: PagingQuery, listing: Listing<T, K>): unknown {
  const { cursor } = listing;
  if (cursor !== undefined && (query.take !== undefined || query.from !== undefined)) {
    return checkpointPage(query, listing, cursor);
  }
  const limit = query.per_page ?? listing.defaultPerPage ?? 50;
  const start = (query.page ?? 0) * limit;
  if (listing.limited === true && start >= 1000) {
    throw new ManagementError(
      400,
      "Requesting page exceeds the allowed maximum of 1000 records.",
      "invalid_paging",
    );
  }
  const items = listing.rows
    .find(listing.where, { ...orderOf(listing), limit, offset: start })
    .map(listing.show);
  if (query.include_totals !== "true") return items;
  if (listing.shape === "without-total") return { [listing.name]: items, start, limit };
  const total = listing.rows.count(listing.where);
  switch (listing.shape ?? "totals-last") {
    case "totals-first":
      return { total, start, limit, [listing.name]: items };
    case "users":
      return { start, limit, length: items.length, [listing.name]: items, total };
    case "totals-last":
      return { [listing.name]: items, start, limit, total };
  }
}

/** A page of a short list that is read as a whole: a bare array, or an object with totals, as the query asks. */
export function pageOf(query: PagingQuery, name: string, items: readonly unknown[]): unknown {
  const limit = query.per_page ?? 50;
  const start = (query.page ?? 0) * limit;
  const page = items.slice(start, start + limit);
  return query.include_totals === "true" ? { [name]: page, start, limit, total: items.length } : page;
}

/** A list that is paged by checkpoint alone: an object with a page of 50 unless `take` says otherwise. */
export function checkpoints<T, K extends string>(
  { take = 50, from }: Pick<PagingQuery, "take" | "from">,
  listing: Listing<T, K> & { readonly cursor: Cursor<T> },
): unknown {
  return listed({ take, from }, listing);
}

function orderOf<T, K extends string>(listing: Listing<T, K>) {
  return {
    ...(listing.order === undefined ? {} : { order: listing.order }),
    ...(listing.descending === undefined ? {} : { descending: listing.descending }),
    ...(listing.mostFit === undefined ? {} : { mostFit: listing.mostFit }),
  };
}

function checkpointPage<T, K extends string>(
  query: PagingQuery,
  listing: Listing<T, K>,
  cursor: Cursor<T>,
): unknown {
  const take = query.take ?? 50;
  const after = query.from === undefined ? undefined : cursor.form.read(query.from);
  if (query.from !== undefined && after === undefined) {
    throw new ManagementError(
      400,
      "Query validation error: 'Invalid checkpoint' on property from.",
      "invalid_query_string",
    );
  }
  const rows = listing.rows.find(listing.where, {
    ...orderOf(listing),
    ...(after === undefined ? {} : { after }),
    limit: take + 1,
  });
  const page = rows.slice(0, take);
  const last = page.at(-1);
  const more = rows.length > take || cursor.always === true;
  return {
    [listing.name]: page.map(listing.show),
    ...(last !== undefined && more ? { next: cursor.form.write(cursor.of(last)) } : {}),
  };
}

/** A time and an id, as `2026-04-23 07:39:15.574000UTC,<id>` in unpadded base64. */
export const timeCursor: CursorForm = {
  write: ([time = "", id = ""]) => {
    const written = time.replace("T", " ").replace("Z", "000UTC");
    return Buffer.from(`${written},${id}`).toString("base64").replace(/=+$/, "");
  },
  read: (text) => {
    const match = /^(\S+) (\S+)000UTC,(.+)$/.exec(Buffer.from(text, "base64").toString());
    return match === null ? undefined : [`${match[1] ?? ""}T${match[2] ?? ""}Z`, match[3] ?? ""];
  },
};

/** A text to sort by and an id, as JSON in base64. */
export const textCursor: CursorForm = {
  write: (values) => Buffer.from(JSON.stringify(values)).toString("base64url"),
  read: (text) => textValues.safeParse(text).data,
};

/** An id in base64. */
export const idCursor: CursorForm = {
  write: ([id = ""]) => Buffer.from(id).toString("base64url"),
  read: (text) => [Buffer.from(text, "base64url").toString()],
};
