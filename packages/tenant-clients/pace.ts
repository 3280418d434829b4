/** Keeps requests within a vendor's rate limit, by what its answers say of it. */
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

/** When the vendor does not say when to go on, in milliseconds: the official Auth0 provider waits as long. */
const USUAL_WAIT = 5_000;
/** No reset lies further away, in milliseconds; a clock that is off may say otherwise. */
const LONGEST_WAIT = 60_000;
/** After a 429 whose reset is over already, in milliseconds, doubled each time: a clock that is off again. */
const SHORTEST_WAIT = 500;

export interface PaceOptions {
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before everything waits, with the milliseconds. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
}

/**
 * A gate that each request passes before it is sent. Auth0 docs, "Rate limit policy"; Okta docs, "Rate limits": each
 * answer says how many requests are left (`x-ratelimit-remaining`, at Okta `x-rate-limit-remaining`) and when there
 * will be more (`…-reset`, in Unix seconds). A tenth of the limit is left to the tenant's other clients.
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

  /** Waits until a request may be sent, and counts it. @throws the signal's reason when it is aborted */
  async turn(): Promise<void> {
    for (;;) {
      this.#signal?.throwIfAborted();
      if (this.#left >= 1) break;
      const wait = this.#reset - this.#clock.now();
      if (wait <= 0) {
        // One request to see how many there are now.
        this.#left = this.#underWay === 0 ? 1 : 0;
        if (this.#left === 0) await (this.#waiting ??= this.#rest(SHORTEST_WAIT / 10));
      } else {
        await (this.#waiting ??= this.#rest(wait));
      }
    }
    this.#left -= 1;
    this.#underWay += 1;
  }

  async #rest(milliseconds: number): Promise<void> {
    if (milliseconds >= 1_000) this.#onWait(milliseconds);
    try {
      await this.#clock.sleep(milliseconds, this.#signal);
    } finally {
      this.#waiting = undefined;
    }
  }

  /** Takes in an answer of any status. */
  answered(status: number, headers: Headers): void {
    this.#underWay -= 1;
    const limit = numberIn(headers, "limit");
    const remaining = numberIn(headers, "remaining");
    const reset = numberIn(headers, "reset");
    const now = this.#clock.now();
    if (status === 429) {
      this.#exceeded += 1;
      const retryAfter = numberOf(headers.get("retry-after"));
      const seconds = retryAfter ?? (reset === undefined ? undefined : reset - now / 1000);
      const wait = seconds === undefined ? USUAL_WAIT : seconds * 1000;
      const shortest = Math.min(SHORTEST_WAIT * 2 ** (this.#exceeded - 1), LONGEST_WAIT);
      this.#left = 0;
      this.#reset = Math.max(this.#reset, now + Math.min(wait > 0 ? wait : shortest, LONGEST_WAIT));
      return;
    }
    if (status < 400) this.#exceeded = 0;
    if (remaining === undefined || reset === undefined) return;
    const others = Math.floor((limit ?? 0) / 10);
    this.#left = remaining - others - this.#underWay;
    this.#reset = Math.min(reset * 1000, now + LONGEST_WAIT);
  }

  /** A request came to nothing: it was not answered. */
  failed(): void {
    this.#underWay -= 1;
  }
}

/** Auth0 writes it in one word, Okta in two. */
function numberIn(headers: Headers, name: string): number | undefined {
  return numberOf(headers.get(`x-ratelimit-${name}`) ?? headers.get(`x-rate-limit-${name}`));
}

function numberOf(text: string | null): number | undefined {
  const number = text === null || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}
