import type { RateWindow } from "../errors.ts";

/** How many requests of a kind a vendor takes. */
export type Quota = Bucket | Minute;

/**
 * A token bucket: `burst` requests at once at most, refilled with `rate` a second. It is refilled all the time, or
 * with `every` in steps of so many milliseconds.
 */
export interface Bucket {
  readonly kind: "bucket";
  readonly burst: number;
  readonly rate: number;
  readonly every?: number;
}

/** So many requests in a minute, which begins with the first of them. */
export interface Minute {
  readonly kind: "minute";
  readonly limit: number;
}

/** What came of measuring a request. */
export interface Reading {
  readonly allowed: boolean;
  readonly window: RateWindow;
}

/** Counts requests against a quota. `now` is in milliseconds and never goes back. */
export interface Meter {
  take(now: number): Reading;
}

export function meterOf(quota: Quota, now: number): Meter {
  return quota.kind === "bucket" ? new BucketMeter(quota, now) : new MinuteMeter(quota);
}

/** Whole seconds since 1970 at which a time has come. */
function secondsAt(time: number): number {
  return Math.ceil(time / 1000);
}

class BucketMeter implements Meter {
  readonly #quota: Bucket;
  readonly #every: number;
  #tokens: number;
  #filled: number;

  constructor(quota: Bucket, now: number) {
    this.#quota = quota;
    this.#every = quota.every ?? 1;
    this.#tokens = quota.burst;
    this.#filled = this.#step(now);
  }

  take(now: number): Reading {
    const { burst, rate } = this.#quota;
    const step = this.#step(now);
    this.#tokens = Math.min(burst, this.#tokens + ((step - this.#filled) / 1000) * rate);
    this.#filled = step;
    // What many small steps add up to may miss a whole number by a hair.
    const allowed = this.#tokens >= 1 - 1e-9;
    if (allowed) this.#tokens = Math.max(0, this.#tokens - 1);
    const remaining = Math.floor(this.#tokens + 1e-9);
    const missing = remaining + 1 - this.#tokens;
    const steps = Math.ceil(((missing / rate) * 1000) / this.#every - 1e-6);
    const reset = secondsAt(this.#filled + steps * this.#every);
    return { allowed, window: { limit: burst, remaining, reset } };
  }

  #step(now: number): number {
    return Math.floor(now / this.#every) * this.#every;
  }
}

const MINUTE_MS = 60_000;

class MinuteMeter implements Meter {
  readonly #limit: number;
  #began = -Infinity;
  #used = 0;

  constructor({ limit }: Minute) {
    this.#limit = limit;
  }

  take(now: number): Reading {
    if (now >= this.#began + MINUTE_MS) {
      this.#began = now;
      this.#used = 0;
    }
    const allowed = this.#used < this.#limit;
    if (allowed) this.#used += 1;
    const window = {
      limit: this.#limit,
      remaining: this.#limit - this.#used,
      reset: secondsAt(this.#began + MINUTE_MS),
    };
    return { allowed, window };
  }
}
