/** Reads the members file and finds everybody who is declared in it. */
import type { FoundUser } from "@ai-api-access/tenant-clients";
import { readMembersFile } from "./file/read.ts";
import { didYouMean } from "./file/rows.ts";
import type { Emails, People } from "./people.ts";
import type { Tenant } from "./tenant.ts";

/** Ids of roles by name; undefined while a preview does not know the id yet. */
export type RoleIds = ReadonlyMap<string, string | undefined>;

export interface DeclarationOptions {
  readonly path: string;
  /** The file as messages name it. */
  readonly name: string;
  /** The roles that the stack declares. */
  readonly stackRoles: RoleIds;
  /** What an earlier run looked up: emails by user id, ids of roles by name. */
  readonly known: { readonly emails: Emails; readonly roles: RoleIds };
  /** Strategies with which strangers can make themselves an account; none unless given. */
  readonly openStrategies?: readonly string[];
  /** Whether there is an application for invited people to log in to. */
  readonly canInvite: boolean;
  /** Called when something has to be looked up. */
  readonly tenant: () => Tenant;
}

export interface Declaration {
  /** With `?NAME` for a role whose id is not known yet. */
  readonly people: People;
  readonly emails: Emails;
  /** People to be invited, since the tenant does not know them: their roles by email. */
  readonly invited: People;
  /** The roles that somebody has, by their names in the file. */
  readonly roles: RoleIds;
  /** Who was found by an email that is not verified, although strangers can make themselves such an account. */
  readonly unverified: readonly string[];
  /** Where each person stands, by user id, or by email who is invited: `members.csv:3`. */
  readonly places: ReadonlyMap<string, string>;
}

/** Everything that is wrong with a declaration, each mistake with its place. */
export class DeclarationError extends Error {
  override readonly name = "DeclarationError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join("\n"));
    this.mistakes = mistakes;
  }
}

/** @throws DeclarationError */
export async function declare(options: DeclarationOptions): Promise<Declaration> {
  const { path, name, stackRoles, known, canInvite, openStrategies = [] } = options;
  const { rows, mistakes: inFile } = await readMembersFile(path);
  const names = [...new Set(rows.flatMap((row) => row.roles))].filter((role) => !isRoleId(role));
  const knownUsers = new Map([...known.emails].map(([user, email]) => [email, user]));
  const found = await lookUp({
    emails: rows.flatMap(({ email }) => (email === undefined || knownUsers.has(email) ? [] : email)),
    roles: names.filter((role) => !stackRoles.has(role) && !known.roles.has(role)),
    tenant: options.tenant,
    hasMistakes: inFile.length > 0,
  });
  const idsByName = new Map([...known.roles, ...found.roles, ...stackRoles]);
  const roles = new Map(names.flatMap((role) => (idsByName.has(role) ? [[role, idsByName.get(role)]] : [])));

  const mistakes = [...inFile];
  const people = new Map<string, ReadonlySet<string>>();
  const emails = new Map<string, string>();
  const invited = new Map<string, ReadonlySet<string>>();
  const lines = new Map<string, number>();
  const unverified: { line: number; text: string }[] = [];
  for (const { line, user: id, email = "", roles: held, invite } of rows) {
    const users = found.users.get(email) ?? [];
    const user = id ?? knownUsers.get(email) ?? (users.length === 1 ? users[0]?.user : undefined);
    const isInvited = invite && user === undefined && users.length === 0;
    if (found.isComplete) {
      const unknown = held.filter((role) => !isRoleId(role) && !roles.has(role));
      mistakes.push(...unknown.map((role) => ({ line, text: unknownRole(role, [...idsByName.keys()]) })));
      if (user === undefined && !isInvited) mistakes.push({ line, text: noSingleUser(email, users) });
      if (isInvited && !canInvite) mistakes.push({ line, text: nowhereToLogIn(email) });
    }
    const ids = new Set(held.map((role) => (roles.has(role) ? (roles.get(role) ?? `?${role}`) : role)));
    if (isInvited) {
      invited.set(email, ids);
      lines.set(email, line);
    }
    if (user === undefined) continue;
    const isUnverified = users.some((one) => one.user === user && !one.isVerified);
    if (isUnverified && openStrategies.includes(user.split("|")[0] ?? "")) {
      unverified.push({ line, text: `${email} is ${user}` });
    }
    const first = lines.get(user);
    if (first !== undefined) {
      const text = `${id ?? email} is ${user}, who is on line ${String(first)} already`;
      mistakes.push({ line, text });
      continue;
    }
    lines.set(user, line);
    if (email !== "") emails.set(user, email);
    people.set(user, ids);
  }
  const placeOf = (line: number) => (line === 0 ? name : `${name}:${String(line)}`);
  const said = ({ line, text }: { line: number; text: string }) => `${placeOf(line)}: ${text}`;
  if (mistakes.length > 0) {
    mistakes.sort((a, b) => a.line - b.line);
    throw new DeclarationError(mistakes.map(said));
  }
  const places = new Map([...lines].map(([person, line]) => [person, placeOf(line)]));
  return { people, emails, invited, roles, unverified: unverified.map(said), places };
}

async function lookUp(wanted: {
  readonly emails: readonly string[];
  readonly roles: readonly string[];
  readonly tenant: () => Tenant;
  readonly hasMistakes: boolean;
}) {
  const { emails, roles, tenant, hasMistakes } = wanted;
  const none = { users: new Map<string, readonly FoundUser[]>(), roles: new Map<string, string>() };
  // Without a question the tenant's settings need not even be right.
  if (emails.length + roles.length === 0) return { ...none, isComplete: true };
  try {
    const asked = tenant();
    const [users, ids] = await Promise.all([asked.findUsers(emails), asked.findRoles(roles)]);
    return { users, roles: ids, isComplete: true };
  } catch (error) {
    // What is wrong in the file itself can be reported all the same.
    if (hasMistakes) return { ...none, isComplete: false };
    throw error;
  }
}

function unknownRole(role: string, known: readonly string[]): string {
  const hint = didYouMean(role, known);
  return `unknown role ${JSON.stringify(role)}: neither the stack nor the tenant has it${hint}`;
}

function noSingleUser(email: string, users: readonly FoundUser[]): string {
  if (users.length === 0) return `no user of the tenant has the email ${email}`;
  const which = users.map(({ user, connections }) => `${user} (${connections.join(", ")})`).join(", ");
  return `${String(users.length)} users have the email ${email}: ${which}; name the one you mean by user`;
}

function nowhereToLogIn(email: string): string {
  return (
    `nobody of the email ${email} can be invited: an invitation leads to where the login application begins a login; ` +
    "set loginApp.initiateLoginUri, or name an application that has one as loginApp.existing"
  );
}

/** Auth0's ids of roles. */
function isRoleId(text: string): boolean {
  return /^rol_[A-Za-z0-9]+$/.test(text);
}
