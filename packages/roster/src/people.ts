/** People with their roles: those that a file declares, that an organization has, that a run adds. */

/** Ids of roles by user id. */
export type People = ReadonlyMap<string, ReadonlySet<string>>;

export const NOBODY: People = new Map();

const NO_ROLES: ReadonlySet<string> = new Set();

/** Everybody who is in one of them, with the roles of all. */
export function union(...all: readonly People[]): People {
  const out = new Map<string, ReadonlySet<string>>();
  for (const [user, roles] of all.flatMap((people) => [...people])) {
    const before = out.get(user);
    out.set(user, before === undefined ? roles : new Set([...before, ...roles]));
  }
  return out;
}

/** Whoever is in both, with the roles that both have. */
export function common(people: People, others: People): People {
  return new Map(
    [...people].flatMap(([user, roles]) => {
      const other = others.get(user);
      return other === undefined ? [] : [[user, filtered(roles, (role) => other.has(role))]];
    }),
  );
}

/** Whoever is not among the others, and of those who are the roles that they do not have there. */
export function minus(people: People, others: People): People {
  return new Map(
    [...people].flatMap(([user, roles]) => {
      const other = others.get(user);
      const rest = other === undefined ? roles : filtered(roles, (role) => !other.has(role));
      return other === undefined || rest.size > 0 ? [[user, rest]] : [];
    }),
  );
}

export function rolesOf(people: People, user: string): ReadonlySet<string> {
  return people.get(user) ?? NO_ROLES;
}

function filtered(roles: ReadonlySet<string>, keep: (role: string) => boolean): ReadonlySet<string> {
  return new Set([...roles].filter(keep));
}

/** Emails by user id. */
export type Emails = ReadonlyMap<string, string>;

/**
 * People as the engine's state holds them. The first line lists the roles, and each person names roles by number:
 *
 * ```
 * rol_editor<tab>rol_reader
 * auth0|64f0000000000000000000a1<tab>0,1
 * auth0|64f0000000000000000000a2<tab>1<tab>grace@example.com
 * ```
 */
export function writePeople(people: People, emails: Emails = new Map()): string {
  const roles = [...new Set([...people.values()].flatMap((held) => [...held]))].sort();
  const numbers = new Map(roles.map((role, number) => [role, number]));
  const lines = [...people].map(([user, held]) => {
    const numbered = [...held].map((role) => numbers.get(role)).sort();
    return [user, numbered.join(","), emails.get(user) ?? []].flat().join("\t");
  });
  return [roles.join("\t"), ...lines.sort()].join("\n");
}

/** Reads what {@link writePeople} wrote. */
export function readPeople(text: string): { readonly people: People; readonly emails: Emails } {
  const [first = "", ...lines] = text.split("\n");
  const roles = first.split("\t");
  const people = new Map<string, ReadonlySet<string>>();
  const emails = new Map<string, string>();
  for (const line of lines) {
    const [user = "", held = "", email] = line.split("\t");
    const numbers = held === "" ? [] : held.split(",");
    people.set(user, new Set(numbers.map((number) => roles[Number(number)] ?? "")));
    if (email !== undefined) emails.set(user, email);
  }
  return { people, emails };
}
