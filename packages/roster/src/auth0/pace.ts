/** Keeps requests within Auth0's rate limit, by what its answers say of it. */
import { setTimeout as sleep } from "node:timers/promises";

/** Milliseconds since 1970, and how to let them pass. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await sleep(milliseconds, undefined, signal && { signal });
  },
};

/** When Auth0 does not say when to go on, in milliseconds: the official provider waits as long. */
const UNTOLD = 5_000;
/** No reset lies further away, in milliseconds; a clock that is off may say otherwise. */
const LONGEST = 60_000;
/** After a 429 whose reset is over already, in milliseconds, doubled each time: a clock that is off again. */
const SHORTEST = 500;

export interface PaceOptions {
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
  /** Called before everything waits, with the milliseconds. */
  readonly onWait?: (milliseconds: number) => void;
}

type Headers = Pick<globalThis.Headers, "get">;

/**
 * A gate that each request passes before it is sent. Auth0 docs, "Rate limit policy": each answer of the Management
 * API says how many requests are left (`x-ratelimit-remaining`) and when there will be more (`x-ratelimit-reset`, in
 * Unix seconds). A tenth of the limit is left to the tenant's other clients.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #onWait: (milliseconds: number) => void;
  /** Requests that may be sent before the reset; unknown before the first answer. */
  #left = Infinity;
  #reset = 0;
  /** Sent, and not answered yet: what the last answer said does not count them. */
  #underWay = 0;
  #exceeded = 0;
  #waiting: Promise<void> | undefined;

  constructor({ clock = systemClock, signal, onWait = () => undefined }: PaceOptions = {}) {
    this.#clock = clock;
    this.#signal = signal;
    this.#onWait = onWait;
  }

  /** Waits until a request may be sent, and counts it. @throws the signal's reason when the run is cancelled */
  async turn(): Promise<void> {
    for (;;) {
      this.#signal?.throwIfAborted();
      if (this.#left >= 1) break;
      const wait = this.#reset - this.#clock.now();
      if (wait <= 0) {
        // One request to see how many there are now.
        this.#left = this.#underWay === 0 ? 1 : 0;
        if (this.#left === 0) await (this.#waiting ??= this.#rest(SHORTEST / 10));
      } else {
        await (this.#waiting ??= this.#rest(wait, wait >= 1_000));
      }
    }
    this.#left -= 1;
    this.#underWay += 1;
  }

  async #rest(milliseconds: number, told = false): Promise<void> {
    if (told) this.#onWait(milliseconds);
    try {
      await this.#clock.sleep(milliseconds, this.#signal);
    } finally {
      this.#waiting = undefined;
    }
  }

  /** Takes in an answer of any status. */
  answered(status: number, headers: Headers): void {
    this.#underWay -= 1;
    const limit = numberIn(headers, "x-ratelimit-limit");
    const remaining = numberIn(headers, "x-ratelimit-remaining");
    const reset = numberIn(headers, "x-ratelimit-reset");
    const now = this.#clock.now();
    if (status === 429) {
      this.#exceeded += 1;
      const until =
        numberIn(headers, "retry-after") ?? (reset === undefined ? undefined : reset - now / 1000);
      const wait = until === undefined ? UNTOLD : until * 1000;
      const shortest = Math.min(SHORTEST * 2 ** (this.#exceeded - 1), LONGEST);
      this.#left = 0;
      this.#reset = Math.max(this.#reset, now + Math.min(wait > 0 ? wait : shortest, LONGEST));
      return;
    }
    if (status < 400) this.#exceeded = 0;
    if (remaining === undefined || reset === undefined) return;
    const others = Math.floor((limit ?? 0) / 10);
    this.#left = remaining - others - this.#underWay;
    this.#reset = Math.min(reset * 1000, now + LONGEST);
  }

  /** A request came to nothing: it was not answered. */
  failed(): void {
    this.#underWay -= 1;
  }
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name);
  const number = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
