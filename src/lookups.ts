import * as auth0 from "@pulumi/auth0";
import { nearest } from "./config/nearest.ts";
import { isRoleId } from "./config/role-id.ts";
import type { MemberConfig, StackConfig } from "./config/stack-config.ts";
import { linkProblems } from "./components/auth0/connection-rules.ts";
import { LookupError, type Problem, type Question, problemOf } from "./components/auth0/lookup-error.ts";

/** A connection that exists. */
export interface FoundConnection {
  readonly id: string;
  readonly strategy: string;
}

/** What the stack names but does not create, found in the tenant. */
export interface Found {
  readonly connection: FoundConnection | undefined;
  /** User ids, by lower-case email. */
  readonly userIds: ReadonlyMap<string, string>;
  /** Ids of the roles that the stack does not declare, by name. */
  readonly roleIds: ReadonlyMap<string, string>;
  readonly organizationDomain: string;
}

/** Auth0 keeps emails in lower case and finds them in any. */
function emailKey(email: string): string {
  return email.toLowerCase();
}

/** The user id of a member, wherever it comes from. */
export function userIdOf({ person }: MemberConfig, found: Pick<Found, "userIds">): string | undefined {
  return "user" in person ? person.user : found.userIds.get(emailKey(person.email));
}

type Answer<T> = { readonly value: T } | { readonly problem: Problem };

async function ask<T>(question: Question, lookup: Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await lookup };
  } catch (error) {
    return { problem: problemOf(question, error) };
  }
}

function valueOf<T>(answer: Answer<T> | undefined): T | undefined {
  return answer && "value" in answer ? answer.value : undefined;
}

/**
 * Finds everything that the configuration names but the stack does not create: each name once, all side by side,
 * before anything is declared. What the stack declares and what is given as an id costs no call.
 * @throws LookupError with everything that was not found, together.
 */
export async function lookUp(config: StackConfig): Promise<Found> {
  const [domain, connection, users, roles] = await Promise.all([
    findDomain(config),
    findConnection(config),
    findAll(emailQuestions(config), findUser),
    findAll(roleQuestions(config), findRole),
  ]);

  const userIds = valuesOf(users);
  const answers = [domain, connection, ...users.values(), ...roles.values()];
  const problems = [
    ...answers.flatMap((answer) => (answer && "problem" in answer ? [answer.problem] : [])),
    ...samePersonTwice(config.members, userIds),
    ...linkProblems(config.connection, valueOf(connection)?.strategy),
  ];
  if (problems.length > 0) throw new LookupError(problems);
  return {
    connection: valueOf(connection),
    userIds,
    roleIds: valuesOf(roles),
    organizationDomain: valueOf(domain) ?? "",
  };
}

async function findAll<T>(
  questions: ReadonlyMap<string, Question>,
  find: (name: string) => Promise<T>,
): Promise<Map<string, Answer<T>>> {
  const entries = [...questions].map(
    async ([name, question]) => [name, await ask(question, find(name))] as const,
  );
  return new Map(await Promise.all(entries));
}

function valuesOf<T>(answers: ReadonlyMap<string, Answer<T>>): Map<string, T> {
  return new Map([...answers].flatMap(([name, answer]) => ("value" in answer ? [[name, answer.value]] : [])));
}

/** The users API takes Lucene syntax, in which a quote and a backslash inside quotes are escaped. */
export function emailQuery(email: string): string {
  return `email:"${email.replace(/[\\"]/g, "\\$&")}"`;
}

async function findUser(email: string): Promise<string> {
  const user = await auth0.getUser({ query: emailQuery(email), skipRoles: true, skipPermissions: true });
  return user.userId ?? user.id;
}

async function findRole(name: string): Promise<string> {
  const role = await auth0.getRole({ name, skipUsers: true, skipPermissions: true });
  return role.id;
}

async function findConnection({ connection }: StackConfig): Promise<Answer<FoundConnection> | undefined> {
  if (connection.kind === "own") return undefined;
  const { name } = connection;
  const question = {
    what: `connection ${name}`,
    keys: ["ai-api-access:connection.existing"],
    unknown: {
      found: "No connection of the tenant has this name (names are compared letter by letter).",
      next: "look under Authentication in the Auth0 dashboard, or give `name` in place of `existing` to create one",
    },
  };
  return ask(question, auth0.getConnection({ name, skipEnabledClients: true }));
}

/** Asked only when neither the configuration nor the environment says it: the answer drops a port. */
async function findDomain({ organizationDomain }: StackConfig): Promise<Answer<string>> {
  if (organizationDomain !== undefined) return { value: organizationDomain };
  const question = {
    what: "the tenant's domain",
    keys: ["auth0:domain"],
    unknown: {
      found: "The tenant does not say it.",
      next: "pulumi config set auth0:domain TENANT.REGION.auth0.com",
    },
  };
  return ask(
    question,
    auth0.getTenant().then((tenant) => tenant.domain),
  );
}

/** Every email once, with the members that it stands for. */
function emailQuestions({ members }: StackConfig): Map<string, Question> {
  const keys = new Map<string, string[]>();
  for (const { person, key } of members) {
    if (!("email" in person)) continue;
    const email = emailKey(person.email);
    keys.set(email, [...(keys.get(email) ?? []), key]);
  }
  const unknown = {
    found: "No user of the tenant has this email.",
    next: "look under User Management > Users in the Auth0 dashboard; a user made just now is found a few seconds later",
  };
  return new Map([...keys].map(([email, at]) => [email, { what: `person ${email}`, keys: at, unknown }]));
}

const ELSEWHERE =
  "declare it under ai-api-access:roles, or look under User Management > Roles in the Auth0 dashboard";

/** Every role once that is named, not declared and no id, with the members that have it. */
function roleQuestions({ members, roles }: StackConfig): Map<string, Question> {
  const declared = roles.map((role) => role.name);
  const keys = new Map<string, string[]>();
  for (const { roles: named, key } of members) {
    for (const [index, role] of named.entries()) {
      if (declared.includes(role) || isRoleId(role)) continue;
      keys.set(role, [...(keys.get(role) ?? []), `${key}.roles[${String(index)}]`]);
    }
  }
  return new Map(
    [...keys].map(([role, at]) => {
      const meant = nearest(role, declared);
      const unknown = {
        found: "The stack declares no role of this name, and the tenant has none.",
        next:
          meant === undefined
            ? ELSEWHERE
            : `did you mean ${meant}, which the stack declares? If not, ${ELSEWHERE}`,
      };
      return [role, { what: `role ${role}`, keys: at, unknown }];
    }),
  );
}

/** A person who is named once by id and once by email would be a member twice, and removing one would remove both. */
function samePersonTwice(members: readonly MemberConfig[], userIds: Found["userIds"]): Problem[] {
  const first = new Map<string, MemberConfig>();
  return members.flatMap((member) => {
    const userId = userIdOf(member, { userIds });
    if (userId === undefined) return [];
    const earlier = first.get(userId);
    if (!earlier) {
      first.set(userId, member);
      return [];
    }
    return [
      {
        what: `person ${nameOf(member)} (${member.key})`,
        found: `The same person as ${nameOf(earlier)} (${earlier.key}): both are ${userId}.`,
        next: "keep one of the two entries, with the roles of both",
      },
    ];
  });
}

function nameOf({ person }: MemberConfig): string {
  return "user" in person ? person.user : person.email;
}
