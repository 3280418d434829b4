import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import { alreadyExists, notFound } from "../errors.ts";
import { newRole, renderRole, roleBody } from "../administrator-roles.ts";
import { findUser, userParams } from "./find.ts";
import { userRoleKey } from "./record.ts";
import type { UserRoleRecord } from "./record.ts";

function renderUserRole(origin: string, { userId, ...role }: UserRoleRecord) {
  return renderRole(role, "USER", `${origin}/api/v1/users/${userId}`);
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
      const role = { userId, ...newRole(body.type, context.now()) };
      return renderUserRole(call.origin, userRoles.insert(role));
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
      return roles.map((role) => renderUserRole(call.origin, role));
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
