import type { Answer } from "./errors.ts";
import { itemsAt, textAt } from "./json.ts";

/**
 * Where a list goes on. Okta docs: `Link: <…>; rel="next"`. Auth0 docs: with `take`, an answer names the checkpoint
 * (`next`) from which the next one goes on; with `per_page`, pages are numbered from 0, and a full one may not be the
 * last.
 *
 * @param prefix the path before every path, such as `/api/v1`
 */
export function nextPage(path: string, { headers, body }: Answer, prefix: string): string | undefined {
  const link = /<([^>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "")?.[1];
  if (link !== undefined) {
    const { pathname, search } = new URL(link);
    return `${pathname.slice(prefix.length)}${search}`;
  }
  const checkpoint = textAt(body, "next");
  if (checkpoint !== undefined && checkpoint !== "") {
    // A page that is not full may still name a next one; an empty one does not go on.
    return listIn(body).length === 0 ? undefined : withParameter(path, "from", checkpoint);
  }
  const size = Number(/[?&]per_page=(\d+)/.exec(path)?.[1] ?? Number.NaN);
  if (Number.isNaN(size) || itemsAt(body).length < size) return undefined;
  return withParameter(path, "page", String(Number(/[?&]page=(\d+)/.exec(path)?.[1] ?? 0) + 1));
}

function withParameter(path: string, name: string, value: string): string {
  const others = path.replace(new RegExp(`&${name}=[^&]*`), "");
  return `${others}&${name}=${encodeURIComponent(value)}`;
}

/** All pages of a list as one: bare lists, or objects with a list in them. */
export function merged(pages: readonly unknown[]): unknown {
  const [first, ...others] = pages;
  if (others.length === 0) return first;
  if (Array.isArray(first)) return pages.flatMap((page) => itemsAt(page));
  const [key] = listKey(first);
  return { [key]: pages.flatMap((page) => itemsAt(page, key)) };
}

function listIn(body: unknown): readonly unknown[] {
  return listKey(body)[1];
}

/** The one list in an answer, and its name. */
function listKey(body: unknown): readonly [key: string, list: readonly unknown[]] {
  const entries: [string, unknown][] = typeof body === "object" && body !== null ? Object.entries(body) : [];
  const [key, list] = entries.find(([, value]) => Array.isArray(value)) ?? ["", []];
  return [key, itemsAt(list)];
}
