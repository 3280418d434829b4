import type { z } from "zod";
import { parseJson } from "../json.ts";
import { setBounded } from "./bounded.ts";

/** How many documents of a collection are kept parsed: some pages of the largest lists. */
const MOST = 2_000;

/**
 * The documents of a collection as they are read. A document whose text has not changed since it was last read is not
 * parsed again: parsing is most of what a page of large documents costs. All readers share a document, so it is frozen.
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
    setBounded(this.#known, key, { text, doc }, MOST);
    return doc;
  }
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
