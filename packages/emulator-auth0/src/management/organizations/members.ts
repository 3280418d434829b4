import { z } from "zod";
import { compositeKey, eq, timestamp } from "@ai-api-access/emulator-core";
import { deleteMember } from "../../cascades.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { askedFields, fieldsQuery, pickFields } from "../../fields.ts";
import type { FieldsQuery } from "../../fields.ts";
import { organizationOf, userOf } from "../../lookups.ts";
import { checkpointQuery, listed, offsetQuery, timeCursor } from "../../paging.ts";
import { userSummary } from "../users/summary.ts";
import { rolesOfMembers } from "./member-roles.ts";
import { addMembersBody, membersBody, organizationParams } from "./schemas.ts";

/** How a list shows members; their roles come only when they are asked for. */
function memberShow(
  db: Collections,
  organizationId: string,
  query: FieldsQuery,
): (userId: string) => unknown {
  const withRoles = askedFields(query)?.has("roles") === true && query.include_fields !== "false";
  const rolesOf = rolesOfMembers(db, organizationId);
  return (userId) => {
    const roles = withRoles ? { roles: rolesOf(userId).map(({ id, name }) => ({ id, name })) } : {};
    return pickFields({ ...userSummary(db, userId), ...roles }, query);
  };
}

export const organizationMemberRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/members",
    operation: "get_members",
    access: ["read:organization_members"],
    success: 200,
    params: organizationParams,
    query: z.looseObject({ ...offsetQuery, ...checkpointQuery(), ...fieldsQuery }),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      const show = memberShow(db, params.id, query);
      return listed(query, {
        name: "members",
        rows: db.organizationMembers,
        where: eq("organization_id", params.id),
        order: ["created_at", "user_id"],
        show: (member) => show(member.user_id),
        limited: true,
        cursor: { form: timeCursor, of: (member) => [member.created_at, member.user_id], always: true },
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/members",
    operation: "post_members",
    access: ["create:organization_members"],
    success: 204,
    params: organizationParams,
    body: addMembersBody,
    handler: ({ params, body }, { db, clock }) => {
      organizationOf(db, params.id);
      for (const userId of body.members) userOf(db, userId);
      for (const userId of body.members) {
        if (db.organizationMembers.has(compositeKey(params.id, userId))) continue;
        db.organizationMembers.insert({
          organization_id: params.id,
          user_id: userId,
          created_at: timestamp(clock),
        });
      }
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/members",
    operation: "delete_members",
    access: ["delete:organization_members"],
    success: 204,
    params: organizationParams,
    body: membersBody,
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      for (const userId of body.members) deleteMember(db, params.id, userId);
    },
  }),
];
