/** What the configuration means for the people of the local tenant: who gets in, and what they may do. */
import type { PEOPLE } from "@ai-api-access/emulator-auth0/people.ts";
import type { StackConfig } from "../program.ts";

/** An organization of the stack. */
export type Organization = StackConfig["organizations"][number];

type SeededPerson = (typeof PEOPLE)[number];

/** What a person is to the organization. */
export interface Membership {
  /** `ai-editor`, `member without a role`, `no member`. */
  readonly role: string;
  readonly getsIn: boolean;
  readonly permissions: ReadonlySet<string>;
}

/** The database in which the people of every new local tenant are. */
export const THEIR_DATABASE = "Username-Password-Authentication";

export const REFUSED_AT_LOGIN = "refused at login: access_denied";

/** The connections through which everybody of the local Okta org may sign in. */
export function openToOkta({ connections }: Organization) {
  return connections.flatMap((one) => (one.kind === "okta" && one.groups.includes(EVERYONE) ? [one] : []));
}

/** The group of an Okta org that has all its people. */
const EVERYONE = "Everyone";

/** Why the people of the local tenant are left out of the table; undefined where they are in it. */
export function whyNobody(organization: Organization): string | undefined {
  const { connections, roster } = organization;
  if (roster !== undefined) return "Nobody tried to sign in: the people of membersFile are not read here.";
  const names = connections.map(({ name }) => name);
  if (names.includes(THEIR_DATABASE)) return undefined;
  const who = openToOkta(organization).length === 0 ? "Nobody" : "Nobody of the local Auth0 tenant";
  return `${who} tried to sign in: the people of the local tenant are in ${THEIR_DATABASE}, and the organization has ${names.join(", ")}.`;
}

/** Whether whoever logs in becomes a member. To the database of the local tenants anybody may sign up. */
export function joinsByLogin({ connections }: Organization): boolean {
  const connection = connections.find(({ name }) => name === THEIR_DATABASE);
  if (connection?.kind !== "existing") return false;
  const { assignMembershipOnLogin, openToAnyone, isSignupEnabled } = connection;
  return assignMembershipOnLogin ?? (openToAnyone || isSignupEnabled === true);
}

export function membershipOf(
  organization: Organization,
  roles: StackConfig["roles"],
  { id, email }: SeededPerson,
): Membership {
  const member = organization.members.find(({ person }) =>
    "user" in person ? person.user === `auth0|${id}` : person.email.toLowerCase() === email,
  );
  if (member === undefined) {
    const getsIn = joinsByLogin(organization);
    return { role: getsIn ? "member by logging in" : "no member", getsIn, permissions: new Set() };
  }
  const permissions = roles
    .filter(({ name }) => member.roles.includes(name))
    .flatMap((role) => role.permissions);
  return {
    role: member.roles.length === 0 ? "member without a role" : member.roles.join(" and "),
    getsIn: true,
    permissions: new Set(permissions),
  };
}
