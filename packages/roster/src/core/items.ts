/**
 * What the roster counts: memberships of an organization, and roles held in it, of one person each.
 *
 * The same form serves for what is declared, what is there, what is ours and what is left to do, so that all of
 * them can be added and taken from one another.
 */

/** A membership, roles in the organization, or both. */
export interface Standing {
  /** Whether the membership itself is meant, and not only roles. */
  readonly member: boolean;
  /** Ids of the roles. */
  readonly roles: ReadonlySet<string>;
}

/** Memberships and roles, by user id. No standing is empty. */
export type Items = ReadonlyMap<string, Standing>;

const NO_ROLES: ReadonlySet<string> = new Set();

export const NOTHING: Items = new Map();

/** A person who is a member with these roles. */
export function member(roles: Iterable<string> = []): Standing {
  return { member: true, roles: new Set(roles) };
}

/** Everything that is in one of them. */
export function union(...all: readonly Items[]): Items {
  const [first = NOTHING, ...others] = all.filter((items) => items.size > 0);
  if (others.length === 0) return first;
  const out = new Map(first);
  for (const items of others) {
    for (const [user, standing] of items) {
      const before = out.get(user);
      out.set(
        user,
        before === undefined
          ? standing
          : {
              member: before.member || standing.member,
              roles: new Set([...before.roles, ...standing.roles]),
            },
      );
    }
  }
  return out;
}

/** What is in `items` and not in `taken`. */
export function minus(items: Items, taken: Items): Items {
  if (taken.size === 0) return items;
  return combined(items, taken, (one, other) => ({
    member: one.member && other?.member !== true,
    roles: other === undefined ? one.roles : filtered(one.roles, (role) => !other.roles.has(role)),
  }));
}

/** What is in both. */
export function common(items: Items, others: Items): Items {
  return combined(items, others, (one, other) =>
    other === undefined
      ? undefined
      : { member: one.member && other.member, roles: filtered(one.roles, (role) => other.roles.has(role)) },
  );
}

/** What is in one of the two and not in both. */
export function xor(items: Items, others: Items): Items {
  return union(minus(items, others), minus(others, items));
}

function combined(
  items: Items,
  others: Items,
  combine: (one: Standing, other: Standing | undefined) => Standing | undefined,
): Items {
  const out = new Map<string, Standing>();
  for (const [user, one] of items) {
    const standing = combine(one, others.get(user));
    if (standing !== undefined && (standing.member || standing.roles.size > 0)) out.set(user, standing);
  }
  return out;
}

function filtered(roles: ReadonlySet<string>, keep: (role: string) => boolean): ReadonlySet<string> {
  return new Set([...roles].filter(keep));
}

/** Whether both hold the same. */
export function same(one: Items, other: Items): boolean {
  if (one.size !== other.size) return false;
  for (const [user, { member: isMember, roles }] of one) {
    const standing = other.get(user);
    if (standing?.member !== isMember || !sameRoles(standing.roles, roles)) return false;
  }
  return true;
}

export function sameRoles(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((role) => other.has(role));
}

/** Ids of the people whose membership is among the items. */
export function membersOf(items: Items): string[] {
  return [...items].flatMap(([user, standing]) => (standing.member ? [user] : []));
}

/** The roles of a person among the items. */
export function rolesOf(items: Items, user: string): ReadonlySet<string> {
  return items.get(user)?.roles ?? NO_ROLES;
}

/** The same items with every role named otherwise. */
export function withRoles(items: Items, rename: (role: string) => string): Items {
  return new Map(
    [...items].map(([user, standing]): [string, Standing] => [
      user,
      { member: standing.member, roles: new Set([...standing.roles].map(rename)) },
    ]),
  );
}
