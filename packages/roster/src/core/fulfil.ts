/** One run of the roster: looks at the organization, plans, carries out, and says what is known afterwards. */
import type { Baseline, Declared } from "./baseline.ts";
import { carryOut } from "./carry-out.ts";
import type { Outcome } from "./carry-out.ts";
import { NOTHING } from "./items.ts";
import type { Items } from "./items.ts";
import { knownAfter } from "./known.ts";
import type { Known } from "./known.ts";
import type { Organization } from "./organization.ts";
import { planOf } from "./plan.ts";
import type { Mode, Plan } from "./plan.ts";

export interface Task {
  readonly known: Known;
  readonly record: Baseline;
  /** Whether the record was made in this very run. */
  readonly fresh: boolean;
  readonly declared: Declared;
  readonly mode: Mode;
  /** What the organization's list shows. */
  readonly there: Items;
}

export interface Means {
  readonly organization: Organization;
  readonly now: () => number;
  readonly atOnce: number;
  readonly onProgress?: (made: number, all: number, plan: Plan) => void;
}

export interface Fulfilled extends Outcome {
  readonly known: Known;
  readonly plan: Plan;
  /** Whether the organization now holds what is declared. */
  readonly complete: boolean;
}

export async function fulfil(
  task: Task,
  { organization, now, atOnce, onProgress }: Means,
): Promise<Fulfilled> {
  const view = { ...task, now: now() };
  const plan = planOf(view, task.mode);
  const outcome = await carryOut(plan, organization, {
    atOnce,
    ...(onProgress && {
      onProgress: (made: number, all: number) => {
        onProgress(made, all, plan);
      },
    }),
  });
  const complete = outcome.halted === undefined && outcome.refusals.length === 0;
  return { ...outcome, plan, complete, known: knownAfter(view, outcome.done, now()) };
}

/** How many requests are under way at most. */
export const AT_ONCE = 10;

/** Nobody is declared anymore: what was given is taken away. */
export const NOBODY: Declared = { items: NOTHING, digest: "" };
