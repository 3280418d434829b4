import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { endpoints } from "../access.ts";
import { askedFields, fieldsQuery, pickFields } from "../fields.ts";
import type { FieldsQuery } from "../fields.ts";
import { userId } from "../formats.ts";
import { paged, pagedByCheckpoint, pageReply, timeCursor } from "../paging.ts";
import { answersAsBefore } from "../tenant-settings.ts";
import { findUser } from "../users/find.ts";
import { renderUserSummary } from "../users/render.ts";
import { findOrganization, organizationParams } from "./find.ts";
import { rolesOfMembers } from "./member-roles.ts";
import { addMember, removeMember } from "./membership.ts";

const members = z.array(userId).min(1);
const description = "List of user IDs to add to the organization as members.";

/** How a list shows members; their roles come only when they are asked for. */
function memberRenderer(
  context: Auth0Context,
  organizationId: string,
  query: FieldsQuery,
): (userId: string) => unknown {
  const withRoles = askedFields(query)?.has("roles") === true && query.include_fields !== false;
  const rolesOf = rolesOfMembers(context, organizationId);
  return (userId) => {
    const roles = withRoles ? { roles: rolesOf(userId).map(({ id, name }) => ({ id, name })) } : {};
    return pickFields({ ...renderUserSummary(context, userId), ...roles }, query);
  };
}

const all = { path: "/api/v2/organizations/:id/members", params: organizationParams };
const { create, list, remove } = endpoints("organization_members", all, all);

/** Who belongs to an organization. Further properties of a body pass: the vendor leaves these open. */
export const organizationMemberRoutes = [
  route({
    ...create,
    operation: "post_members",
    success: 204,
    body: z.looseObject({ members: members.max(10).describe(description) }),
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      // All of a request's users become members, or none.
      for (const id of body.members) findUser(context, id);
      for (const id of body.members) addMember(context, params.id, id);
    },
  }),
  route({
    ...list,
    operation: "get_members",
    query: z.looseObject({ ...paged(), ...pagedByCheckpoint(), ...fieldsQuery }),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      const render = memberRenderer(context, params.id, query);
      return pageReply(query, {
        name: "members",
        rows: context.data.organizationMembers,
        where: eq("organization_id", params.id),
        order: ["created_at", "user_id"],
        render: (member) => render(member.user_id),
        limited: true,
        cursor: timeCursor,
        alwaysNext: answersAsBefore(context, "always a next page"),
      });
    },
  }),
  route({
    ...remove,
    operation: "delete_members",
    body: z.looseObject({ members: members.describe(description) }),
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      for (const id of body.members) removeMember(context, params.id, id);
    },
  }),
];
