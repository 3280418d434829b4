import { z } from "zod";
import type { RateWindow } from "../http/errors.ts";
import type { Clock } from "../times.ts";
import { pathGlob } from "./globs.ts";

/** Checks a {@link LimitSetting}. */
export const limitSettingSchema = z.union(
  [
    z.strictObject({ plan: z.enum(["off", "free", "enterprise"]) }),
    z.strictObject({ rate: z.number().positive(), burst: z.number().int().min(1) }),
  ],
  { error: 'Wants {"plan": "off", "free" or "enterprise"}, or {"rate": 2, "burst": 10}: both more than 0.' },
);

/**
 * How many requests a tenant accepts: all of them (`off`), as many as the vendor's plan allows, or what one token
 * bucket of `burst` requests allows that is refilled with `rate` a second.
 */
export type LimitSetting = z.infer<typeof limitSettingSchema>;

/**
 * How many requests of a kind a vendor accepts. `bucket`: at most `burst` at once, refilled with `rate` a second, all
 * the time or in steps of `every` milliseconds. `minute`: `limit` in a minute that begins with the first of them.
 */
export type Quota =
  | { readonly kind: "bucket"; readonly burst: number; readonly rate: number; readonly every?: number }
  | { readonly kind: "minute"; readonly limit: number };

/** Requests that are counted together. Paths as in {@link pathGlob}; several for families that share a quota. */
export interface LimitRule {
  readonly methods?: readonly string[];
  readonly paths: readonly string[];
  /** Absent for requests that are not limited although a rule after this one would fit. */
  readonly quota?: Quota;
}

/** In a stage the first rule that fits counts a request. A request has to pass every stage, in order. */
export type LimitPlan = readonly (readonly LimitRule[])[];

/** What a vendor's limits are. */
export interface VendorLimits {
  readonly plans: Readonly<Record<"free" | "enterprise", LimitPlan>>;
  /** The requests that a bucket of `RATE/BURST` counts. */
  readonly paths: readonly string[];
  /** The headers that show a window. */
  headers(window: RateWindow): Readonly<Record<string, string>>;
}

/** Whether a request is within its quota, and what the headers of its answer say about it. */
export interface RateDecision {
  readonly allowed: boolean;
  readonly window: RateWindow;
}

/** Counts one request at a time (milliseconds, never going back) against a quota. */
type Counter = (now: number) => RateDecision;

interface CountedRule {
  readonly fits: (method: string, path: string) => boolean;
  readonly quota: Quota | undefined;
  counter: Counter | undefined;
}

/** The rate limits of a tenant; off at first. Buckets are full whenever limits are set. */
export class RateLimits {
  readonly #vendor: VendorLimits;
  readonly #clock: Clock;
  readonly #enterprise: readonly (readonly CountedRule[])[];
  #setting: LimitSetting = { plan: "off" };
  #stages: readonly (readonly CountedRule[])[] = [];

  constructor(vendor: VendorLimits, clock: Clock) {
    this.#vendor = vendor;
    this.#clock = clock;
    this.#enterprise = countedRules(vendor.plans.enterprise);
  }

  /** Throws a `ZodError` for a wrong setting. */
  set(setting: LimitSetting): void {
    const parsed = limitSettingSchema.parse(setting);
    this.#setting = parsed;
    this.#stages = countedRules(this.#planOf(parsed));
  }

  get(): LimitSetting {
    return this.#setting;
  }

  /**
   * Counts a request. `undefined` when no limit applies to it. With limits off, the decision is the one that the first
   * request gets under the vendor's enterprise plan, so that clients find the headers that they know.
   */
  take(method: string, path: string): RateDecision | undefined {
    const now = this.#clock();
    if (this.#stages.length === 0) {
      const quota = quotaOf(this.#enterprise, method, path);
      return quota && counterOf(quota, now)(now);
    }
    let last: RateDecision | undefined;
    for (const stage of this.#stages) {
      const rule = stage.find(({ fits }) => fits(method, path));
      if (rule?.quota === undefined) continue;
      rule.counter ??= counterOf(rule.quota, now);
      last = rule.counter(now);
      if (!last.allowed) return last;
    }
    return last;
  }

  /** The limit that answers to such a request show; `undefined` when there is none. */
  limitOf(method: string, path: string): number | undefined {
    const stages = this.#stages.length === 0 ? this.#enterprise : this.#stages;
    const quota = quotaOf(stages, method, path);
    return quota?.kind === "minute" ? quota.limit : quota?.burst;
  }

  /** The headers that show a decision. */
  headers({ window }: RateDecision): Readonly<Record<string, string>> {
    return this.#vendor.headers(window);
  }

  #planOf(setting: LimitSetting): LimitPlan {
    if ("rate" in setting) return [[{ paths: this.#vendor.paths, quota: { kind: "bucket", ...setting } }]];
    return setting.plan === "off" ? [] : this.#vendor.plans[setting.plan];
  }
}

function countedRules(plan: LimitPlan): CountedRule[][] {
  return plan.map((stage) =>
    stage.map(({ methods, paths, quota }) => {
      const globs = paths.map(pathGlob);
      const fits = (method: string, path: string): boolean =>
        (methods?.includes(method) ?? true) && globs.some((glob) => glob(path));
      return { fits, quota, counter: undefined };
    }),
  );
}

/** The quota of the last stage that has one for a request. */
function quotaOf(
  stages: readonly (readonly CountedRule[])[],
  method: string,
  path: string,
): Quota | undefined {
  return stages
    .map((stage) => stage.find(({ fits }) => fits(method, path))?.quota)
    .findLast((quota) => quota !== undefined);
}

function counterOf(quota: Quota, now: number): Counter {
  return quota.kind === "bucket" ? bucket(quota, now) : minute(quota);
}

function bucket({ burst, rate, every = 1 }: Extract<Quota, { kind: "bucket" }>, start: number): Counter {
  const stepAt = (time: number): number => Math.floor(time / every) * every;
  let tokens = burst;
  let filled = stepAt(start);
  return (now) => {
    const step = stepAt(now);
    tokens = Math.min(burst, tokens + ((step - filled) / 1000) * rate);
    filled = step;
    // What many small steps add up to may miss a whole number by a hair.
    const allowed = tokens >= 1 - 1e-9;
    if (allowed) tokens = Math.max(0, tokens - 1);
    const remaining = Math.floor(tokens + 1e-9);
    const steps = Math.ceil((((remaining + 1 - tokens) / rate) * 1000) / every - 1e-6);
    return { allowed, window: { limit: burst, remaining, reset: secondsAt(filled + steps * every) } };
  };
}

const MINUTE_MS = 60_000;

function minute({ limit }: Extract<Quota, { kind: "minute" }>): Counter {
  let began = -Infinity;
  let used = 0;
  return (now) => {
    if (now >= began + MINUTE_MS) {
      began = now;
      used = 0;
    }
    const allowed = used < limit;
    if (allowed) used += 1;
    return { allowed, window: { limit, remaining: limit - used, reset: secondsAt(began + MINUTE_MS) } };
  };
}

/** Whole seconds since 1970 at which a time (in milliseconds) has come. */
function secondsAt(time: number): number {
  return Math.ceil(time / 1000);
}

/** Reads a setting that is written in words: `off`, the name of a plan, or `RATE/BURST` (a second, at once). */
export function parseLimit(text: string): LimitSetting {
  const [, rate, burst] = /^(\d+(?:\.\d+)?)\/(\d+)$/.exec(text.trim()) ?? [];
  const setting = limitSettingSchema.safeParse(
    rate === undefined ? { plan: text.trim() } : { rate: Number(rate), burst: Number(burst) },
  );
  if (setting.success) return setting.data;
  throw new Error(
    `The rate limit "${text}" cannot be read. Give free or enterprise (as the vendor limits that plan), off, or ` +
      "RATE/BURST: so many requests a second, so many at once. For example: 2/10.",
  );
}
