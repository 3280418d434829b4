import { randomInt } from "node:crypto";
import { z } from "zod";
import { pathGlob } from "./globs.ts";

const whenSchema = z.enum(["before", "after"]);

/** The statuses that a fault can answer with. */
export const FAULT_STATUSES = [429, 500, 502, 503, 504] as const;

const effectSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("status"),
    status: z.literal(FAULT_STATUSES),
    when: whenSchema.default("before"),
  }),
  z.strictObject({ kind: z.literal("drop"), when: whenSchema }),
  z.strictObject({ kind: z.literal("latency"), ms: z.number().int().min(0).max(600_000) }),
]);

/** Checks a {@link FaultRule}. */
export const faultRuleSchema = z.strictObject({
  method: z
    .string()
    .regex(/^[A-Za-z]+$/)
    .toUpperCase()
    .optional(),
  path: z
    .string()
    .regex(/^(\/|\*\*)/, "A path begins with / or **")
    .optional(),
  skip: z.number().int().min(0).optional(),
  count: z.number().int().min(1).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().min(0).max(0xffff_ffff).optional(),
  effect: effectSchema,
});

/**
 * What goes wrong, and with which requests: all of them, or those of a `method` and of a `path` (a pattern, see
 * {@link pathGlob}). Of these the first `skip` pass; then `count` are hit (all without it), each with the given
 * `probability` (1 without it) by a random number generator that starts at `seed`.
 *
 * Effects: `status` answers with that status as the vendor does, `drop` closes the connection without an answer, both
 * either `before` the tenant handles the request or `after` it has done so; `latency` delays the request by `ms`
 * milliseconds before the tenant handles it.
 */
export type FaultRule = z.input<typeof faultRuleSchema>;

/** The effect of a rule, defaults filled in. */
type FaultEffect = z.output<typeof effectSchema>;

/** A rule at work. */
type ActiveFault = z.output<typeof faultRuleSchema> & {
  /** Its number among all rules that were added since the tenant started, from 1. */
  readonly id: number;
  /** How many requests it matched. */
  readonly seen: number;
  /** How many of them it hit. */
  readonly fired: number;
};

/** A rule that hit a request. */
export interface FiredFault {
  readonly id: number;
  readonly effect: FaultEffect;
}

/** An effect that takes the place of the tenant's answer. */
export type Interruption = Exclude<FaultEffect, { readonly kind: "latency" }>;

/** What the rules do to a request. */
interface FaultDecision {
  /** Milliseconds to wait first. */
  readonly delay: number;
  readonly interruption: Interruption | undefined;
  /** Every rule that had a part in it. */
  readonly fired: readonly FiredFault[];
}

interface Entry {
  readonly rule: z.output<typeof faultRuleSchema>;
  readonly id: number;
  readonly fits: (method: string, path: string) => boolean;
  readonly random: () => number;
  seen: number;
  fired: number;
}

/** The rules of a tenant by which requests go wrong. None at first; they are gone when the tenant stops. */
export class Faults {
  #entries: Entry[] = [];
  #added = 0;

  /** Adds a rule. Throws a `ZodError` for a wrong one. */
  add(rule: FaultRule): ActiveFault {
    const parsed = faultRuleSchema.parse(rule);
    const seed = parsed.seed ?? randomInt(2 ** 32);
    const fitsPath = parsed.path === undefined ? () => true : pathGlob(parsed.path);
    this.#added += 1;
    const entry: Entry = {
      // A seed that was drawn is shown, so that a run can be repeated.
      rule: parsed.probability === undefined ? parsed : { ...parsed, seed },
      id: this.#added,
      fits: (method, path) => (parsed.method ?? method) === method && fitsPath(path),
      random: randomNumbers(seed),
      seen: 0,
      fired: 0,
    };
    this.#entries.push(entry);
    return activeFault(entry);
  }

  /** Removes all rules. */
  clear(): void {
    this.#entries = [];
  }

  /** The rules in the order in which they are applied. */
  list(): readonly ActiveFault[] {
    return this.#entries.map(activeFault);
  }

  /**
   * Applies the rules, in order, to a request that has arrived. The first status or drop that fires ends the search,
   * so rules after it do not count the request.
   */
  decide(method: string, path: string): FaultDecision {
    const fired: FiredFault[] = [];
    let delay = 0;
    for (const entry of this.#entries) {
      if (!entry.fits(method, path) || !fires(entry)) continue;
      const { effect } = entry.rule;
      fired.push({ id: entry.id, effect });
      if (effect.kind !== "latency") return { delay, interruption: effect, fired };
      delay += effect.ms;
    }
    return { delay, interruption: undefined, fired };
  }
}

function activeFault({ rule, id, seen, fired }: Entry): ActiveFault {
  return { ...rule, id, seen, fired };
}

function fires(entry: Entry): boolean {
  const { skip = 0, count = Infinity, probability = 1 } = entry.rule;
  entry.seen += 1;
  if (entry.seen <= skip || entry.fired >= count) return false;
  if (probability < 1 && entry.random() >= probability) return false;
  entry.fired += 1;
  return true;
}

/** Mulberry32: numbers from 0 up to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
