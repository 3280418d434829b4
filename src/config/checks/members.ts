import type { View } from "../view";
import { type Finding, finding, repeated } from "./finding";

const EXAMPLE = "{ email: ada@example.com, roles: [ai-reader] }";

/** Each person named in exactly one way, and once; each of their roles once. */
export function memberFindings({ members = [] }: View): Finding[] {
  return [
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
