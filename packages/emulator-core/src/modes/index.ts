/**
 * Ways to make a tenant less kind than a vendor on a good day: faults, rate limits, read lag. All are off at first,
 * last for one run of the tenant, and stay as they are when the tenant's data are reset or restored.
 */
import type { Store } from "../store/store.ts";
import type { Clock } from "../times.ts";
import { Faults } from "./faults.ts";
import type { FaultRule } from "./faults.ts";
import { Lag } from "./lag.ts";
import type { Lagging, LagSetting } from "./lag.ts";
import { RateLimits } from "./limits.ts";
import type { LimitSetting, VendorLimits } from "./limits.ts";

/** The modes of a running tenant. */
export interface Modes {
  readonly faults: Faults;
  readonly limits: RateLimits;
  readonly lag: Lag;
}

/** The modes that a tenant starts in. */
export interface ModeOptions {
  /** Rules by which requests go wrong; none by default. */
  readonly faults?: readonly FaultRule[] | undefined;
  /** How many requests the tenant accepts; all of them by default. */
  readonly limits?: LimitSetting | undefined;
  /** How far reads lag behind where the vendor documents that they may; not at all by default. */
  readonly lag?: LagSetting | undefined;
}

/** What the modes are made from. */
interface ModeParts extends ModeOptions {
  readonly vendor: { readonly limits: VendorLimits; readonly lagging: Lagging };
  readonly store: Store;
  readonly clock: Clock;
}

/** Makes a tenant's modes. Throws a `ZodError` for wrong settings. */
export function openModes({ vendor, store, clock, ...options }: ModeParts): Modes {
  const modes = {
    faults: new Faults(),
    limits: new RateLimits(vendor.limits, clock),
    lag: new Lag(store, vendor.lagging, clock),
  };
  for (const rule of options.faults ?? []) modes.faults.add(rule);
  if (options.limits !== undefined) modes.limits.set(options.limits);
  if (options.lag !== undefined) modes.lag.set(options.lag);
  return modes;
}
