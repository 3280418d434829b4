import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { alreadyExists, notFound } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../render.ts";
import { findUser, userParams } from "./find.ts";
import { userRoleKey } from "./record.ts";
import type { UserRoleRecord } from "./record.ts";

/** Okta docs, "Standard roles": the types, with the names that answers show. */
const LABELS: Readonly<Record<string, string>> = {
  API_ACCESS_MANAGEMENT_ADMIN: "API Access Management Administrator",
  APP_ADMIN: "Application Administrator",
  GROUP_MEMBERSHIP_ADMIN: "Group Membership Administrator",
  HELP_DESK_ADMIN: "Help Desk Administrator",
  ORG_ADMIN: "Organizational Administrator",
  READ_ONLY_ADMIN: "Read Only Administrator",
  REPORT_ADMIN: "Report Administrator",
  SUPER_ADMIN: "Super Administrator",
  USER_ADMIN: "Group Administrator",
};

/** Roles that can be narrowed to some groups or applications: their ids are their names in base32 (recorded answers). */
const NARROWABLE: Readonly<Record<string, string>> = {
  APP_ADMIN: "IFIFAX2BIRGUSTQ",
  GROUP_MEMBERSHIP_ADMIN: "I5JE6VKQL5GUKTKCIVJFGSCJKBPUCRCNJFHA",
  HELP_DESK_ADMIN: "JBCUYUC7IRCVGS27IFCE2SKO",
  USER_ADMIN: "KVJUKUS7IFCE2SKO",
};

const roleBody = z.object({ type: z.enum(Object.keys(LABELS)) });

function renderRole(origin: string, { userId, id, ...role }: UserRoleRecord) {
  return {
    id,
    label: LABELS[role.type] ?? role.type,
    ...role,
    assignmentType: "USER",
    _links: { assignee: link(origin, `/api/v1/users/${userId}`) },
  };
}

const all = "/api/v1/users/:userId/roles";
const read = { access: ["okta.roles.read"], success: 200 } as const;
const manage = { access: ["okta.roles.manage"] } as const;

/** The administrator roles of a user (Okta docs, "Role assignments"). They are kept, and give nobody any right here. */
export const userRoleRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "assignRoleToUser",
    success: 201,
    params: userParams,
    body: roleBody,
    handler: ({ params, body, call }, context) => {
      const { id: userId } = findUser(context, params.userId);
      const { userRoles } = context.data;
      if (userRoles.find(eq("userId", userId)).some(({ type }) => type === body.type)) {
        throw alreadyExists("type");
      }
      const now = context.now();
      const times = { created: now, lastUpdated: now };
      const role = {
        id: NARROWABLE[body.type] ?? newId("role"),
        userId,
        type: body.type,
        status: "ACTIVE",
        ...times,
      };
      return renderRole(call.origin, userRoles.insert(role));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listAssignedRolesForUser",
    params: userParams,
    handler: ({ params, call }, context) => {
      const { id } = findUser(context, params.userId);
      const roles = context.data.userRoles.find(eq("userId", id), { order: ["key"] });
      return roles.map((role) => renderRole(call.origin, role));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: `${all}/:roleId`,
    operation: "unassignRoleFromUser",
    success: 204,
    params: userParams.extend({ roleId: z.string() }),
    handler: ({ params }, context) => {
      const { id } = findUser(context, params.userId);
      const key = userRoleKey({ userId: id, id: params.roleId });
      if (!context.data.userRoles.delete(key)) throw notFound(params.roleId, "RoleAssignment");
    },
  }),
];
