import { masked, maskedUrl } from "./masking.ts";
import type { FiredFault } from "./modes/faults.ts";
import { timestamp } from "./times.ts";
import type { Clock } from "./times.ts";

/** One request that a tenant got. */
export interface LoggedRequest {
  /** When it arrived: RFC 3339, UTC. */
  readonly at: string;
  readonly method: string;
  /** Path with its query, as sent. */
  readonly path: string;
  /** The parsed body, secrets masked; absent when there was none. */
  readonly body?: unknown;
  /** The status of the answer; absent while there is none, and for good when a fault dropped the connection. */
  readonly status?: number;
  /** The faults that hit it; absent without any. */
  readonly faults?: readonly FiredFault[];
  /** The status that the tenant would have answered, where a fault came in its place after the work was done. */
  readonly withheld?: number;
}

type Entry = { -readonly [Key in keyof LoggedRequest]: LoggedRequest[Key] };

/** How many requests the log keeps. */
const CAPACITY = 10_000;

/** Which requests to show: all conditions given must hold. */
export interface LogFilter {
  readonly method?: string | undefined;
  /** Part of the path. */
  readonly path?: string | undefined;
  /** Arrived at this time or later: RFC 3339. */
  readonly since?: string | undefined;
}

/** A request in the log that is still being answered. */
export interface OpenEntry {
  body(body: unknown): void;
  status(status: number): void;
  faults(fired: readonly FiredFault[]): void;
  withheld(status: number): void;
}

/** The last requests in the order of their arrival, in memory only. */
export class RequestLog {
  readonly #clock: Clock;
  #entries: Entry[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a request that has arrived. */
  open(method: string, url: string): OpenEntry {
    const entry: Entry = {
      at: timestamp(this.#clock),
      method,
      path: maskedUrl(url),
    };
    this.#entries.push(entry);
    // Dropped in bulk: taking one from the front of a large array for every request is slow.
    if (this.#entries.length >= CAPACITY * 2) this.#entries = this.#entries.slice(-CAPACITY);
    return {
      body: (body) => {
        if (body !== undefined) entry.body = masked(body);
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

  /** The requests that fit, oldest first. */
  list(filter: LogFilter = {}): readonly LoggedRequest[] {
    return this.#entries
      .slice(-CAPACITY)
      .filter(
        (entry) =>
          (filter.method === undefined || entry.method === filter.method.toUpperCase()) &&
          (filter.path === undefined || entry.path.includes(filter.path)) &&
          (filter.since === undefined || Date.parse(entry.at) >= Date.parse(filter.since)),
      );
  }

  /** Forgets all of them. */
  clear(): void {
    this.#entries = [];
  }
}
