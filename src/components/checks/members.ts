/** People of an organization. Management API, POST /api/v2/organizations/{id}/members. */
import { z } from "zod";
import { field, joined, repeated } from "./field.ts";
import { pattern } from "./kinds.ts";

export const USER_ID = {
  wants: "a user id: the identity provider, | and the id there",
  example: "auth0|64f0000000000000000000a1",
};

/** The id at an identity provider may have blanks in it: a SAML NameID can be a name. */
export const userId = pattern(/^(?=.{0,255}$)[^\s|]+\|\S(.*\S)?$/, {
  ...USER_ID,
  description: "The id of a person who exists in the tenant; costs no lookup",
  leftOut: "`email` has to be there",
});

const member = field(z.object({ userId }), {
  wants: "an object with userId and roles",
  example: "{ userId: auth0|64f0000000000000000000a1, roles: [] }",
});

export const organizationMembersInputs = z.object({
  members: joined(z.array(member), (list) =>
    repeated(list.map((one) => one?.userId)).map(({ index, first }) => ({
      path: [index, "userId"],
      wants: `each person once (this one is members[${String(first)}] already)`,
      example: "auth0|64f0000000000000000000a1",
      next: "keep one of the two entries, with the roles of both",
    })),
  ),
});
