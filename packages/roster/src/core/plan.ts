/** What has to be done so that an organization holds what is declared. */
import { common, membersOf, minus, rolesOf, union } from "./items.ts";
import type { Items } from "./items.ts";
import { believedOf, oursOf, seenOf } from "./known.ts";
import type { View } from "./known.ts";

/**
 * - `additive`: adds who is missing, takes away only whom and what it added before.
 * - `authoritative`: whoever and whatever is not declared goes.
 */
export type Mode = "additive" | "authoritative";

export interface Plan {
  /** Memberships and roles to give. */
  readonly add: Items;
  /** Memberships and roles to take away; with a membership go all roles. */
  readonly remove: Items;
}

export function planOf(view: View, mode: Mode): Plan {
  const { declared, there } = view;
  const given = common(minus(oursOf(view), declared.items), believedOf(view));
  const remove = mode === "authoritative" ? union(minus(there, declared.items), given) : given;
  return { add: minus(declared.items, seenOf(view)), remove: withAllRoles(remove, there) };
}

/** A person who goes, goes with every role, whoever gave it. */
function withAllRoles(remove: Items, there: Items): Items {
  const leaving = membersOf(remove).map(
    (user) => [user, { member: true, roles: rolesOf(there, user) }] as const,
  );
  return leaving.length === 0 ? remove : union(remove, new Map(leaving));
}
