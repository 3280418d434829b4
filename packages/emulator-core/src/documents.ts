import type { z } from "zod";
import { parseJson } from "./json.ts";

/** How many documents of a collection are kept parsed: some pages of the largest lists. */
const MOST = 2_000;

/**
 * The documents of a collection as they are read. One that is read again and has not changed since, which its text
 * tells, is not parsed again: that is most of what a page of large documents costs. Documents are shared by whoever
 * reads them, so they are frozen.
 */
export class Documents<T> {
  readonly #schema: z.ZodType<T>;
  readonly #known = new Map<string, { readonly text: string; readonly doc: T }>();

  constructor(schema: z.ZodType<T>) {
    this.#schema = schema;
  }

  /** @throws ZodError when the text is no such document */
  read(key: string, text: string): T {
    const known = this.#known.get(key);
    if (known?.text === text) return known.doc;
    const doc = frozen(this.#schema.parse(parseJson(text)));
    this.#known.set(key, { text, doc });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST && oldest !== undefined) this.#known.delete(oldest);
    return doc;
  }
}

/** The value itself, which nobody can change any more, all of what it holds included. */
function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
