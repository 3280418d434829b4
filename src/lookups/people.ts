import { getUser } from "@pulumi/auth0/getUser.js";
import type { BaseStack } from "../base-stack.ts";
import type { StackConfig } from "../config/index.ts";
import type { MemberConfig } from "../config/members.ts";
import { type Answer, askAll, type Problem, type Question } from "./question.ts";

/** Auth0 keeps emails in lower case and finds them in any. */
function emailKey(email: string): string {
  return email.toLowerCase();
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
export async function findPeople({ organizations }: StackConfig): Promise<Map<string, Answer<string>>> {
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
    const user = await getUser({ query: emailQuery(email), skipRoles: true, skipPermissions: true });
    return user.userId ?? user.id;
  });
}

/** The users API takes Lucene syntax, in which a quote and a backslash inside quotes are escaped. */
export function emailQuery(email: string): string {
  return `email:"${email.replace(/[\\"]/g, "\\$&")}"`;
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
