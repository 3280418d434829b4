/** `organization.members`: people of the organization. Management API, POST /api/v2/organizations/{id}/members. */
import { z } from "zod";
import { field, type Findings, joined, type Readable, repeated } from "../components/checks/field.ts";
import { flag, pattern, text } from "../components/checks/kinds.ts";
import { USER_ID, userId } from "../components/checks/members.ts";

const EXAMPLE = "{ email: ada@example.com, roles: [ai-reader] }";

const roleReference = field(text(255, { example: "ai-reader" }), {
  wants: "the name of a role, or the id of one that exists (rol_…)",
  example: "ai-reader",
});

const memberRoles = joined(z.array(roleReference).max(50), (list) =>
  repeated(list).map(({ index }) => ({
    path: [index],
    wants: "each role of a person once",
    example: `[${[...new Set(list)].join(", ")}]`,
    next: "remove one of the two",
  })),
);

const fields = z.strictObject({
  user: userId.optional(),
  email: pattern(/^(?=.{0,320}$)[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/, {
    wants: "an email address",
    example: "ada@example.com",
    description: "Looked up at every preview; must belong to exactly one user of the tenant",
    leftOut: "`user` has to be there",
  }).optional(),
  roles: field(memberRoles, {
    wants:
      "a list of at most 50 roles, each a name of ai-api-access:roles, the name of one that exists, or an id (rol_…)",
    example: "[ai-reader]",
    description: "The person's roles in the organization, each once; a name that `roles` lacks is looked up",
  }).default([]),
  invite: flag({
    example: "true",
    description:
      "A person whose `email` no user of the tenant has is invited, by a mail of Auth0's that is good for 30 days, and " +
      "is a member with the roles from the update after they came",
  }).default(false),
});

type Fields = Readable<z.output<typeof fields>>;

const member = field(joined(fields, namedOnce, emailAsUser, invitedByEmail), {
  wants: "an object with either user or email, and roles",
  example: EXAMPLE,
});

export const members = field(
  joined(
    z.array(member),
    (list) =>
      repeatedPeople(
        "user",
        list.map((one) => one?.user),
      ),
    // Auth0 keeps emails in lower case and finds them in any.
    (list) =>
      repeatedPeople(
        "email",
        list.map((one) => one?.email?.toLowerCase()),
      ),
  ),
  {
    wants: "a list of people",
    example: `[${EXAMPLE}]`,
    description: "People who exist in the tenant, up to 50",
  },
);

function namedOnce({ user, email }: Fields): Findings {
  const words = { path: [], wants: "either user (the id) or email", example: EXAMPLE };
  if (user === undefined && email === undefined) return { ...words, got: "neither user nor email" };
  if (user === undefined || email === undefined) return undefined;
  return {
    ...words,
    got: `both user ${JSON.stringify(user)} and email ${JSON.stringify(email)}`,
    wants: `${words.wants}: with both, nobody could say which of the two holds`,
    next: "keep user, which needs no lookup, or email, which is easier to read",
  };
}

function emailAsUser({ user, email }: Fields): Findings {
  if (user?.includes("@") !== true || user.includes("|") || email !== undefined) return undefined;
  return { path: ["user"], ...USER_ID, next: "to name a person by email, write email in place of user" };
}

function invitedByEmail({ user, email, invite }: Fields): Findings {
  if (invite !== true || user === undefined || email !== undefined) return undefined;
  return {
    path: ["invite"],
    wants: "nothing here beside user: whoever has a user id has an account",
    example: "{ email: ada@example.com, roles: [ai-reader], invite: true }",
    next: "remove this line, or name the person by email",
  };
}

function repeatedPeople(name: "user" | "email", people: readonly (string | undefined)[]) {
  return repeated(people).map(({ index, first }) => ({
    path: [index, name],
    wants: `each person once (this one is members[${String(first)}] already)`,
    example: EXAMPLE,
    next: "keep one of the two entries, with the roles of both",
  }));
}

export interface MemberConfig {
  /** A person is named by exactly one of the two. */
  readonly person: { readonly user: string } | { readonly email: string };
  /** Where it stands in the configuration, for messages: `ai-api-access:organization.members[2]`. */
  readonly key: string;
  /** Names of declared roles, names of roles that exist, or ids. */
  readonly roles: readonly string[];
  /** Whether somebody that the tenant does not know is invited. */
  readonly invite: boolean;
}

/** @param key of the list, for messages */
export function membersOf(parsed: z.output<typeof members>, key: string): MemberConfig[] {
  return parsed.map(({ user, email = "", roles, invite }, index) => ({
    person: user === undefined ? { email } : { user },
    key: `${key}[${String(index)}]`,
    roles,
    invite,
  }));
}
