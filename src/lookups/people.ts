import { getUser } from "@pulumi/auth0/getUser.js";
import type { BaseStack } from "../base-stack.ts";
import type { StackConfig } from "../config/index.ts";
import type { MemberConfig } from "../config/members.ts";
import { type FoundConnection, openStrategies } from "../config/connections/found.ts";
import { type Answer, askAll, type Problem, type Question } from "./question.ts";

/** Auth0 keeps emails in lower case and finds them in any. */
function emailKey(email: string): string {
  return email.toLowerCase();
}

/** A user that was found by email. */
export interface FoundPerson {
  readonly userId: string;
  /** Whether the email was verified. */
  readonly isVerified: boolean;
}

/** User ids, by lower-case email. */
export type UserIds = ReadonlyMap<string, string>;

/** The email of a member that the tenant does not know, in lower case. */
export function emailToInvite({ person, invite }: MemberConfig, userIds: UserIds): string | undefined {
  if (!invite || "user" in person) return undefined;
  const email = emailKey(person.email);
  return userIds.has(email) ? undefined : email;
}

/** The user id of a member, wherever it comes from. */
export function userIdOf({ person }: MemberConfig, userIds: UserIds): string | undefined {
  return "user" in person ? person.user : userIds.get(emailKey(person.email));
}

/** Every email once, with the members that it stands for. */
export async function findPeople({ organizations }: StackConfig): Promise<Map<string, Answer<FoundPerson>>> {
  const keys = new Map<string, string[]>();
  const wanted = new Set<string>();
  for (const { person, key, invite } of organizations.flatMap(({ members }) => members)) {
    if (!("email" in person)) continue;
    const email = emailKey(person.email);
    keys.set(email, [...(keys.get(email) ?? []), key]);
    if (!invite) wanted.add(email);
  }
  const unknown = {
    found: "No user of the tenant has this email.",
    next: "look under User Management > Users in the Auth0 dashboard; a user made just now is found a few seconds later; `invite: true` invites the person",
  };
  const questions = new Map<string, Question>(
    [...keys].map(([email, at]) => [
      email,
      { what: `person ${email}`, keys: at, unknown, mayBeUnknown: !wanted.has(email) },
    ]),
  );
  return askAll(questions, async (email) => {
    const query = emailQuery(email);
    const user = await getUser({ query, skipRoles: true, skipPermissions: true });
    return { userId: user.userId ?? user.id, isVerified: user.emailVerified };
  });
}

/** The users API takes Lucene syntax, in which a quote and a backslash inside quotes are escaped. */
export function emailQuery(email: string): string {
  return `email:"${email.replace(/[\\"]/g, "\\$&")}"`;
}

/**
 * A warning of members whose account may be a stranger's: anyone can sign up to one of the organization's connections,
 * with any email, and that of the account was not verified. No mistake, since an administrator may have made it.
 */
export function unverifiedEmails(
  { organizations }: StackConfig,
  people: ReadonlyMap<string, FoundPerson>,
  connections: ReadonlyMap<string, FoundConnection>,
): string | undefined {
  const unverified = organizations.flatMap((organization) => {
    const open = openStrategies(organization, connections);
    return organization.members.flatMap((member) => {
      const found = "email" in member.person ? people.get(emailKey(member.person.email)) : undefined;
      if (found === undefined || found.isVerified) return [];
      const [strategy = ""] = found.userId.split("|");
      return open.includes(strategy) ? [`${nameOf(member)} (${member.key}) is ${found.userId}`] : [];
    });
  });
  if (unverified.length === 0) return undefined;
  const count = unverified.length === 1 ? "1 member is" : `${String(unverified.length)} members are`;
  return [
    `${count} named by an email that is not verified, of an account that anyone could have made:`,
    ...unverified.map((person) => `  ${person}`),
    "next: have it verified (User Management > Users in the Auth0 dashboard); or, if you know whose account it is, name the person by `user` with the id",
  ].join("\n");
}

/** A person who is named once by id and once by email would be a member twice, and removing one would remove both. */
export function samePersonTwice({ organizations }: StackConfig, userIds: UserIds): Problem[] {
  return organizations.flatMap(({ members }) => twiceAmong(members, userIds));
}

/** A base stack alone may turn out to have no application that somebody invited could log in to. */
export function nowhereToLogIn(
  { organizations, baseStack, existingLoginApp }: StackConfig,
  base: BaseStack | undefined,
  userIds: UserIds,
): Problem[] {
  if (baseStack === undefined || base?.loginClientId !== undefined || existingLoginApp !== undefined)
    return [];
  const members = organizations.flatMap((organization) => organization.members);
  const invited = members.filter((member) => emailToInvite(member, userIds) !== undefined);
  return invited.map((member) => ({
    what: `person ${nameOf(member)} (${member.key})`,
    found: `The stack ${baseStack} has no login application, so nobody can be invited.`,
    next: "declare loginApp in that stack, or remove `invite: true`",
  }));
}

function twiceAmong(members: readonly MemberConfig[], userIds: UserIds): Problem[] {
  const first = new Map<string, MemberConfig>();
  return members.flatMap((member) => {
    const userId = userIdOf(member, userIds);
    if (userId === undefined) return [];
    const earlier = first.get(userId);
    if (!earlier) {
      first.set(userId, member);
      return [];
    }
    return {
      what: `person ${nameOf(member)} (${member.key})`,
      found: `The same person as ${nameOf(earlier)} (${earlier.key}): both are ${userId}.`,
      next: "keep one of the two entries, with the roles of both",
    };
  });
}

function nameOf({ person }: MemberConfig): string {
  return "user" in person ? person.user : person.email;
}
