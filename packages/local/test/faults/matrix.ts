/** Every fault at every place of a first `up`. */
import type { FaultRule } from "@ai-api-access/emulator-core";
import type { VendorName } from "@ai-api-access/testing/tenant-http.ts";
import type { Asked } from "./requests.ts";

type Effect = FaultRule["effect"];

/** What can go wrong with a request, by the name that tables give it. */
export type Effects = Readonly<Record<string, Effect>>;

const STATUSES = [429, 500, 502, 503, 504] as const;
const LATENCY_MS = 2_000;

/** With any request: the tenant does not get to do what was asked. */
const BEFORE: Effects = {
  ...Object.fromEntries(
    STATUSES.map((status): [string, Effect] => [String(status), { kind: "status", status, when: "before" }]),
  ),
  dropped: { kind: "drop", when: "before" },
  [`${String(LATENCY_MS / 1000)} s late`]: { kind: "latency", ms: LATENCY_MS },
};

/** With a write: the tenant has done it. A read that is done has changed nothing, so these say nothing new there. */
export const AFTER: Effects = {
  ...Object.fromEntries(
    STATUSES.map((status): [string, Effect] => [
      `done, ${String(status)}`,
      { kind: "status", status, when: "after" },
    ]),
  ),
  "done, dropped": { kind: "drop", when: "after" },
};

/** A fault at one request: the one of its method that comes after `skip` others. */
export interface Place {
  readonly vendor: VendorName;
  readonly method: string;
  readonly skip: number;
  /** A name in {@link BEFORE} or {@link AFTER}. */
  readonly effect: string;
}

/** A place as a text: `okta POST 3 done, dropped`. */
export function keyOf({ vendor, method, skip, effect }: Place): string {
  return `${vendor} ${method} ${String(skip)} ${effect}`;
}

/** All places of a first `up`. Requests under way at once change places from run to run, so they have no names. */
export function placesOf(requests: readonly Asked[]): Place[] {
  return requests.flatMap(({ vendor, method }, index) => {
    const before = requests.slice(0, index);
    const skip = before.filter((other) => other.vendor === vendor && other.method === method).length;
    const effects = [...Object.keys(BEFORE), ...(method === "GET" ? [] : Object.keys(AFTER))];
    return effects.map((effect): Place => ({ vendor, method, skip, effect }));
  });
}

/** The rule for a tenant's faults that hits this place and nothing else. */
export function ruleOf({ method, skip, effect: name }: Place): FaultRule {
  const effect = { ...BEFORE, ...AFTER }[name];
  if (effect === undefined) throw new Error(`There is no fault "${name}".`);
  return { method, skip, count: 1, effect };
}
