/** The people that a program declares, found in the tenant. */
import { findRoles, findUsers } from "../auth0/lookups.ts";
import type { FoundUser } from "../auth0/lookups.ts";
import type { Management } from "../auth0/management.ts";
import { member } from "../core/items.ts";
import type { Items, Standing } from "../core/items.ts";
import { nearest } from "../file/nearest.ts";
import { readMembersFile } from "../file/read.ts";
import type { Mistake, Row } from "../file/rows.ts";
import { Mistakes } from "./mistakes.ts";
import { readPeople } from "./people.ts";

/** Where the people stand. */
export type Source =
  | { readonly kind: "file"; readonly path: string; readonly name: string }
  | { readonly kind: "map"; readonly people: Readonly<Record<string, readonly string[]>> };

/** What was looked up before, so that nobody has to be asked again. */
export interface Memory {
  /** Emails by user id. */
  readonly emails: ReadonlyMap<string, string>;
  /** Ids of roles by name. */
  readonly roles: ReadonlyMap<string, string>;
}

export interface Declaration extends Memory {
  /** Everybody with their roles: a role that the stack declares by its name, any other by its id. */
  readonly people: Items;
  /** Where each person stands, by user id: `members.csv:3`. */
  readonly places: ReadonlyMap<string, string>;
}

export interface Question {
  readonly source: Source;
  /** Names of the roles that the stack declares. */
  readonly declared: readonly string[];
  readonly memory: Memory;
  /** Called when something has to be looked up. */
  readonly management: () => Management;
}

/**
 * Reads and finds everybody.
 *
 * @throws Mistakes with everything that is wrong, together
 */
export async function declare({ source, declared, memory, management }: Question): Promise<Declaration> {
  const { rows, mistakes, place } = await read(source);
  const roleNames = new Set(rows.flatMap(({ roles }) => roles));
  const unknownRoles = [...roleNames].filter(
    (name) => !declared.includes(name) && !isRoleId(name) && !memory.roles.has(name),
  );
  const remembered = new Map([...memory.emails].map(([user, email]) => [email, user]));
  const unknownEmails = rows.flatMap(({ email }) =>
    email === undefined || remembered.has(email) ? [] : email,
  );
  const found = await lookUp({ unknownEmails, unknownRoles, management, hasMistakes: mistakes.length > 0 });

  const roles = new Map([...memory.roles, ...found.roles].filter(([name]) => roleNames.has(name)));
  const keyOf = (name: string): string | undefined =>
    declared.includes(name) || isRoleId(name) ? name : roles.get(name);
  const userOf = ({ user, email = "" }: Row): string | undefined =>
    user ?? remembered.get(email) ?? only(found.users.get(email));

  const all: Mistake[] = [...mistakes];
  const people = new Map<string, Standing>();
  const emails = new Map<string, string>();
  const lines = new Map<string, number>();
  for (const row of rows) {
    const user = userOf(row);
    if (found.asked) {
      all.push(...unknownRolesOf(row, (name) => keyOf(name) === undefined, [...declared, ...roles.keys()]));
      if (user === undefined) all.push({ line: row.line, text: notFound(row, found.users) });
    }
    if (user === undefined) continue;
    const first = lines.get(user);
    if (first !== undefined) {
      all.push({
        line: row.line,
        text: `${row.user ?? row.email ?? ""} is ${user}, who is on line ${String(first)} already`,
      });
      continue;
    }
    lines.set(user, row.line);
    people.set(user, member(row.roles.flatMap((name) => keyOf(name) ?? [])));
    if (row.email !== undefined) emails.set(user, row.email);
  }
  if (all.length > 0)
    throw new Mistakes(all.sort((a, b) => a.line - b.line).map((one) => place(one.line, one.text)));
  return {
    people,
    emails,
    roles,
    places: new Map([...lines].map(([user, line]) => [user, place(line, "").replace(/: $/, "")])),
  };
}

async function read(source: Source) {
  if (source.kind === "map") {
    return { ...readPeople(source.people), place: (_line: number, text: string) => text };
  }
  const { path, name } = source;
  const place = (line: number, text: string) =>
    line === 0 ? `${name}: ${text}` : `${name}:${String(line)}: ${text}`;
  return { ...(await readMembersFile(path, name)), place };
}

interface Looked {
  readonly users: ReadonlyMap<string, readonly FoundUser[]>;
  readonly roles: ReadonlyMap<string, string>;
  /** Whether the tenant was asked, so that what is not found is not there. */
  readonly asked: boolean;
}

async function lookUp(wanted: {
  unknownEmails: readonly string[];
  unknownRoles: readonly string[];
  management: () => Management;
  hasMistakes: boolean;
}): Promise<Looked> {
  const { unknownEmails, unknownRoles, management, hasMistakes } = wanted;
  if (unknownEmails.length === 0 && unknownRoles.length === 0) {
    return { users: new Map(), roles: new Map(), asked: true };
  }
  try {
    const asked = management();
    const [users, roles] = await Promise.all([
      findUsers(asked, unknownEmails),
      findRoles(asked, unknownRoles),
    ]);
    return { users, roles, asked: true };
  } catch (error) {
    // What is wrong in the file itself can be told all the same.
    if (hasMistakes) return { users: new Map(), roles: new Map(), asked: false };
    throw error;
  }
}

/** Of several users with an email none is meant more than the others. */
function only(users: readonly FoundUser[] | undefined): string | undefined {
  return users?.length === 1 ? users[0]?.user : undefined;
}

function unknownRolesOf(
  { line, roles }: Row,
  isUnknown: (name: string) => boolean,
  known: readonly string[],
): Mistake[] {
  return roles.filter(isUnknown).map((name) => {
    const meant = nearest(name, known);
    const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
    return {
      line,
      text: `unknown role ${JSON.stringify(name)}: neither the stack nor the tenant has it${hint}`,
    };
  });
}

function notFound({ email = "" }: Row, users: Looked["users"]): string {
  const several = users.get(email) ?? [];
  if (several.length === 0) return `no user of the tenant has the email ${email}`;
  const which = several.map(({ user, connections }) => `${user} (${connections.join(", ")})`).join(", ");
  return `${String(several.length)} users have the email ${email}: ${which}; name the one you mean by user`;
}

/** Auth0's ids of roles. */
export function isRoleId(text: string): boolean {
  return /^rol_[A-Za-z0-9]+$/.test(text);
}
