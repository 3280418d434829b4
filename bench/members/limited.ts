/** How long requests take at least where the vendor limits their rate: in simulated time. */
import { auth0Limits } from "@ai-api-access/emulator-auth0/limits.ts";
import { RateLimits } from "@ai-api-access/emulator-core";
import type { AuthRequest } from "./requests.ts";

export const PLANS = ["free", "enterprise"] as const;
export type Plan = (typeof PLANS)[number];

/** A refused request is looked at again after so many milliseconds. */
const STEP_MS = 10;

/**
 * Lets requests through the tenant's own limits one after another, each as soon as it may pass, in no time besides.
 * A client that learns of the limit only by what it is answered takes longer.
 *
 * @returns seconds until the last has passed
 */
export function secondsUnder(plan: Plan, requests: readonly AuthRequest[]): number {
  let now = 0;
  const limits = new RateLimits(auth0Limits, () => now);
  limits.set({ plan });
  for (const { method, path } of requests) {
    while (limits.take(method, path.split("?")[0] ?? path)?.allowed === false) now += STEP_MS;
  }
  return now / 1000;
}
