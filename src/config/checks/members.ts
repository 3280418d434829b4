import type { View } from "../view.ts";
import { type Finding, finding, repeated } from "./finding.ts";

const EXAMPLE = "{ email: ada@example.com, roles: [ai-reader] }";

/** With one resource a person, and one a role, every preview and every refresh slows down with each of them. */
const MOST_IN_CONFIG = 50;

/** People in one place; each named in exactly one way, and once; each of their roles once. */
export function memberFindings(view: View): Finding[] {
  const { members = [] } = view;
  return [
    ...placeFindings(view),
    ...members.flatMap(namedOnce),
    ...repeats(
      "user",
      members.map((member) => member?.user),
    ),
    // Auth0 keeps emails in lower case and finds them in any.
    ...repeats(
      "email",
      members.map((member) => member?.email),
      (email) => email.toLowerCase(),
    ),
    ...members.flatMap((member, index) => repeatedRoles(member?.roles ?? [], index)),
  ];
}

function placeFindings({ members = [], membersFile, roster }: View): Finding[] {
  if (membersFile !== undefined && members.length > 0) {
    return [
      finding(["membersFile"], {
        got: membersFile,
        wants: "people in one place: they are in ai-api-access:members as well",
        example: "members.csv",
        next: "move the people of members into the file, or remove membersFile",
      }),
    ];
  }
  if (membersFile === undefined && roster !== undefined) {
    return [
      finding(["roster"], {
        gotWords: "settings for people in a file, and no membersFile",
        wants: "membersFile beside it",
        example: "ai-api-access:membersFile: members.csv",
        next: "remove roster, or name the file",
      }),
    ];
  }
  if (members.length <= MOST_IN_CONFIG) return [];
  return [
    finding(["members"], {
      got: members,
      wants: `at most ${String(MOST_IN_CONFIG)} people here: more are kept in a file, in one resource`,
      example: "ai-api-access:membersFile: members.csv",
      next: "move them into a file, see docs/members.md (it also says how to keep them in the organization meanwhile)",
    }),
  ];
}

function namedOnce(member: NonNullable<View["members"]>[number], index: number): Finding[] {
  if (!member) return [];
  const { user, email } = member;
  if (user === undefined && email === undefined) {
    return [
      finding(["members", index], {
        gotWords: "neither user nor email",
        wants: "either user (the id) or email",
        example: EXAMPLE,
      }),
    ];
  }
  if (user !== undefined && email !== undefined) {
    return [
      finding(["members", index], {
        gotWords: `both user ${JSON.stringify(user)} and email ${JSON.stringify(email)}`,
        wants: "either user (the id) or email: with both, nobody could say which of the two holds",
        example: EXAMPLE,
        next: "keep user, which needs no lookup, or email, which is easier to read",
      }),
    ];
  }
  if (user?.includes("@") === true && !user.includes("|")) {
    return [
      finding(["members", index, "user"], {
        got: user,
        wants: "a user id: the identity provider, | and the id there",
        example: "auth0|64f0000000000000000000a1",
        next: "to name a person by email, write email in place of user",
      }),
    ];
  }
  return [];
}

function repeats(
  field: "user" | "email",
  values: readonly (string | undefined)[],
  key: (value: string) => string = (value) => value,
): Finding[] {
  return repeated(values.map((value) => (value === undefined ? undefined : key(value)))).map(
    ({ index, first }) =>
      finding(["members", index, field], {
        got: values[index],
        wants: `each person once (this one is members[${String(first)}] already)`,
        example: EXAMPLE,
        next: "keep one of the two entries, with the roles of both",
      }),
  );
}

function repeatedRoles(roles: readonly (string | undefined)[], member: number): Finding[] {
  return repeated(roles).map(({ index, text }) =>
    finding(["members", member, "roles", index], {
      got: text,
      wants: "each role of a person once",
      example: `[${[...new Set(roles)].join(", ")}]`,
      next: "remove one of the two",
    }),
  );
}
