/** What to do so that an organization holds what is declared. */
import { minus, NOBODY, union } from "./people.ts";
import type { People } from "./people.ts";
import type { Snapshot } from "./snapshot.ts";

/**
 * - `additive`: adds who is declared, removes who was declared before. Who was never declared is left alone.
 * - `authoritative`: whoever and whatever is not declared is removed.
 */
export type Mode = "additive" | "authoritative";

export interface Plan {
  /** People to add to the organization, with the roles that they then get. */
  readonly join: People;
  /** People to remove; their roles go with them. */
  readonly leave: readonly string[];
  /** Roles to give to members. */
  readonly assign: People;
  /** Roles to take from members. */
  readonly unassign: People;
}

/** @param snapshot reconciled with what the list shows */
export function planOf(snapshot: Snapshot, declared: People, listed: People, mode: Mode): Plan {
  const { confirmed, unconfirmed } = snapshot;
  const missing = [...minus(declared, confirmed)];
  const removable = union(confirmed, unconfirmed, mode === "authoritative" ? listed : NOBODY);
  const extra = [...minus(removable, declared)];
  return {
    join: new Map(missing.filter(([user]) => !confirmed.has(user))),
    leave: extra.flatMap(([user]) => (declared.has(user) ? [] : [user])),
    assign: new Map(missing.filter(([user]) => confirmed.has(user))),
    unassign: new Map(extra.filter(([user]) => declared.has(user))),
  };
}

/** How many changes a plan makes: memberships, and sets of one person's roles. */
export function changesIn({ join, leave, assign, unassign }: Plan): number {
  const withRoles = [...join.values()].filter((roles) => roles.size > 0).length;
  return join.size + withRoles + leave.length + assign.size + unassign.size;
}
