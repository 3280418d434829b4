import { z } from "zod";
import { masked, maskedUrl } from "./masking.ts";
import type { FiredFault } from "../modes/faults.ts";
import { pathGlob, pathOf } from "../modes/globs.ts";
import { timestamp } from "../times.ts";
import type { Clock } from "../times.ts";

/** One request that a tenant got. */
export interface LoggedRequest {
  /** When it arrived: RFC 3339, UTC. */
  readonly at: string;
  readonly method: string;
  /** Path with its query, as sent. */
  readonly path: string;
  /** The parsed body, secrets masked; absent when there was none, a note in its place when it was too long. */
  readonly body?: unknown;
  /** The status of the answer; absent before it, and when a fault dropped the connection. */
  readonly status?: number;
  /** The faults that hit it; absent without any. */
  readonly faults?: readonly FiredFault[];
  /** The status that the tenant would have answered, where a fault replaced the answer after the work was done. */
  readonly withheld?: number;
}

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** How many requests the log keeps. */
const CAPACITY = 10_000;
/** How many characters of paths and bodies together. */
const CHARACTERS = 16 * 1024 * 1024;
/** How many characters of one body. */
const LONGEST_BODY = 64 * 1024;

/** Checks a {@link LogFilter}. */
export const logFilterSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
});

/**
 * Which requests to show; all conditions given must hold. `path`: a pattern with `*` and `**` for the path without
 * its query, or any part of path and query. `since`: arrived at this time (RFC 3339) or later.
 */
export type LogFilter = z.infer<typeof logFilterSchema>;

/** A request in the log that is being answered. */
export interface OpenEntry {
  body(body: unknown): void;
  status(status: number): void;
  faults(fired: readonly FiredFault[]): void;
  withheld(status: number): void;
}

/** The last requests in the order of their arrival, in memory only. */
export class RequestLog {
  readonly #clock: Clock;
  #entries: { readonly entry: Entry; size: number }[] = [];
  #characters = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a request that has arrived. */
  open(method: string, url: string): OpenEntry {
    const entry: Entry = { at: timestamp(this.#clock), method, path: maskedUrl(url) };
    const kept = { entry, size: entry.path.length };
    this.#entries.push(kept);
    this.#grow(kept.size);
    return {
      body: (body) => {
        if (body === undefined) return;
        const shown = masked(body);
        const { length } = JSON.stringify(shown);
        const tooLong = length > LONGEST_BODY;
        entry.body = tooLong ? `(${String(length)} characters: too long for the log)` : shown;
        const size = tooLong ? 0 : length;
        kept.size += size;
        this.#grow(size);
      },
      status: (status) => {
        entry.status = status;
      },
      faults: (fired) => {
        if (fired.length > 0) entry.faults = fired;
      },
      withheld: (status) => {
        entry.withheld = status;
      },
    };
  }

  /** The requests that match, oldest first. */
  list({ method, path, since }: LogFilter = {}): readonly LoggedRequest[] {
    const from = since === undefined ? -Infinity : Date.parse(since);
    const glob = path?.includes("*") === true ? pathGlob(path) : undefined;
    return this.#entries
      .slice(-CAPACITY)
      .map(({ entry }) => entry)
      .filter(
        (entry) =>
          (method === undefined || entry.method === method.toUpperCase()) &&
          (path === undefined ||
            (glob === undefined ? entry.path.includes(path) : glob(pathOf(entry.path)))) &&
          Date.parse(entry.at) >= from,
      );
  }

  /** Forgets all of them. */
  clear(): void {
    this.#entries = [];
    this.#characters = 0;
  }

  #grow(characters: number): void {
    this.#characters += characters;
    if (this.#entries.length < CAPACITY * 2 && this.#characters <= CHARACTERS) return;
    // Dropped in bulk: taking one from the front of a large array for every request is slow.
    let first = Math.max(0, this.#entries.length - CAPACITY);
    let left = this.#entries.slice(first).reduce((sum, { size }) => sum + size, 0);
    while (left > CHARACTERS / 2) {
      left -= this.#entries[first]?.size ?? 0;
      first += 1;
    }
    this.#entries = this.#entries.slice(first);
    this.#characters = left;
  }
}
