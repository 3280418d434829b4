import { z } from "zod";
import type { RateWindow } from "../errors.ts";
import type { Clock } from "../times.ts";
import { pathGlob } from "./globs.ts";
import { meterOf } from "./meters.ts";
import type { Meter, Quota, Reading } from "./meters.ts";

/** Checks a {@link LimitSetting}. */
export const limitSettingSchema = z.union(
  [
    z.strictObject({ plan: z.enum(["off", "free", "enterprise"]) }),
    z.strictObject({ rate: z.number().positive(), burst: z.number().int().min(1) }),
  ],
  { error: 'Wants {"plan": "off", "free" or "enterprise"}, or {"rate": 2, "burst": 10}: both more than 0.' },
);

/**
 * How many requests a tenant takes: as many as come (`off`), as the vendor's plan allows, or by one token bucket
 * of `burst` requests, refilled with `rate` a second.
 */
export type LimitSetting = z.infer<typeof limitSettingSchema>;

/** Requests that are counted together. Paths as in {@link pathGlob}; several for families that share a quota. */
export interface LimitRule {
  readonly methods?: readonly string[];
  readonly paths: readonly string[];
  /** Absent for requests that are not limited although a rule after this one would fit. */
  readonly quota?: Quota;
}

/** Rules of one stage exclude each other: the first that fits counts. A request has to pass every stage, in order. */
export type LimitPlan = readonly (readonly LimitRule[])[];

/** What a vendor's limits are. */
export interface VendorLimits {
  readonly plans: Readonly<Record<"free" | "enterprise", LimitPlan>>;
  /** The requests that a bucket of one's own counts. */
  readonly paths: readonly string[];
  /** The headers that tell of a window. */
  headers(window: RateWindow): Readonly<Record<string, string>>;
}

interface Gate {
  readonly fits: (method: string, path: string) => boolean;
  readonly quota: Quota | undefined;
  meter: Meter | undefined;
}

/** The limits of a tenant; off at first. Buckets are full whenever they are set. */
export class RateLimits {
  readonly #vendor: VendorLimits;
  readonly #clock: Clock;
  readonly #shown: readonly (readonly Gate[])[];
  #setting: LimitSetting = { plan: "off" };
  #stages: readonly (readonly Gate[])[] = [];

  constructor(vendor: VendorLimits, clock: Clock) {
    this.#vendor = vendor;
    this.#clock = clock;
    this.#shown = gatesOf(vendor.plans.enterprise);
  }

  /** Throws a `ZodError` for what is no setting. */
  set(setting: LimitSetting): void {
    const parsed = limitSettingSchema.parse(setting);
    this.#setting = parsed;
    this.#stages = gatesOf(this.#planOf(parsed));
  }

  get(): LimitSetting {
    return this.#setting;
  }

  /**
   * Counts a request. `undefined` when no limit is for it. Without any limits the reading is what the first request
   * of many sees under the vendor's enterprise plan, so that clients find the headers that they know.
   */
  take(method: string, path: string): Reading | undefined {
    const now = this.#clock();
    if (!("rate" in this.#setting) && this.#setting.plan === "off") {
      const quota = quotaOf(this.#shown, method, path);
      return quota && meterOf(quota, now).take(now);
    }
    let last: Reading | undefined;
    for (const stage of this.#stages) {
      const gate = gateOf(stage, method, path);
      if (gate?.quota === undefined) continue;
      gate.meter ??= meterOf(gate.quota, now);
      last = gate.meter.take(now);
      if (!last.allowed) return last;
    }
    return last;
  }

  /** The limit that answers to such a request speak of; `undefined` when there is none. */
  limitOf(method: string, path: string): number | undefined {
    const stages = this.#stages.length === 0 ? this.#shown : this.#stages;
    const quota = quotaOf(stages, method, path);
    return quota?.kind === "minute" ? quota.limit : quota?.burst;
  }

  /** The headers that tell of a reading. */
  headers({ window }: Reading): Readonly<Record<string, string>> {
    return this.#vendor.headers(window);
  }

  #planOf(setting: LimitSetting): LimitPlan {
    if ("rate" in setting) {
      const { paths } = this.#vendor;
      return [[{ paths, quota: { kind: "bucket", rate: setting.rate, burst: setting.burst } }]];
    }
    return setting.plan === "off" ? [] : this.#vendor.plans[setting.plan];
  }
}

function gatesOf(plan: LimitPlan): Gate[][] {
  return plan.map((stage) =>
    stage.map(({ methods, paths, quota }) => {
      const globs = paths.map(pathGlob);
      const fits = (method: string, path: string): boolean =>
        (methods?.includes(method) ?? true) && globs.some((glob) => glob(path));
      return { fits, quota, meter: undefined };
    }),
  );
}

/** The gate of a stage that a request goes through, if any. */
function gateOf(stage: readonly Gate[], method: string, path: string): Gate | undefined {
  return stage.find(({ fits }) => fits(method, path));
}

/** The quota of the last stage that has one for a request. */
function quotaOf(stages: readonly (readonly Gate[])[], method: string, path: string): Quota | undefined {
  return stages.map((stage) => gateOf(stage, method, path)?.quota).findLast((quota) => quota !== undefined);
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
