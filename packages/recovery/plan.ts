/** What brings a state and its tenants together again after a run that was cut short, or a deletion by hand. */
import type { Readers } from "@ai-api-access/resource-catalog";
import { findGone, type Unread } from "./gone.ts";
import { judge, onlyOne, type Choose, type Verdict } from "./pending.ts";
import { withAdopted, without, type State, type StateResource } from "./state.ts";

export interface RecoveryPlan {
  /** What was under way. */
  readonly pending: readonly Verdict[];
  /** What the tenants no longer hold. */
  readonly gone: readonly StateResource[];
  /** What was made, and whose reading failed: the state has its id, and of its outputs only what was sent. */
  readonly halfRead: readonly StateResource[];
  /** What could not be asked for: it is left. */
  readonly unread: readonly Unread[];
}

/** Compares a state with the tenants, by reading alone. */
export async function planRecovery(
  state: State,
  readers: Readers,
  choose: Choose = onlyOne,
): Promise<RecoveryPlan> {
  const known = new Set(state.resources.map(({ id }) => id));
  const [{ gone, unread }, ...pending] = await Promise.all([
    findGone(state.resources, readers),
    ...state.pending_operations.map((operation) => judge(operation, known, readers, choose)),
  ]);
  const halfRead = state.resources.filter(
    (resource) => (resource.initErrors ?? []).length > 0 && !gone.includes(resource),
  );
  return { pending, gone, halfRead, unread };
}

/** Whether the state has to be written. */
export function changesState({ pending, gone }: RecoveryPlan): boolean {
  return pending.length > 0 || gone.length > 0;
}

/** The state as the plan leaves it. */
export function recovered(state: State, { pending, gone }: RecoveryPlan): State {
  return made(pending).reduce(withAdopted, without(state, new Set(gone)));
}

/** URNs of what has its id and inputs only, or failed to be read: the engine is to read them. */
export function toRead({ pending, halfRead }: RecoveryPlan): string[] {
  return [...made(pending), ...halfRead].map(({ urn }) => urn);
}

function made(pending: readonly Verdict[]): StateResource[] {
  return pending.flatMap((verdict) => (verdict.kind === "made" ? [verdict.resource] : []));
}
