import { z } from "zod";
import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Collections, Role } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, ManagementError } from "../../errors.ts";
import { organizationOf, roleOf, userOf } from "../../lookups.ts";
import { checkpoints, checkpointQuery, idCursor, offsetQuery } from "../../paging.ts";
import { memberRolesBody, organizationParams } from "./schemas.ts";
import { rolesPage, showAssignedRole } from "../roles/assigned.ts";

/** How many roles a member may have in an organization (Auth0 docs: entity limits). */
const MAXIMUM = 50;

const memberParams = organizationParams.extend({
  user_id: z.string().describe("ID of the user to associate roles with."),
});

function ofMember(organizationId: string, userId: string) {
  return and<"organization_id" | "user_id">(eq("organization_id", organizationId), eq("user_id", userId));
}

/** Gives the roles that members have in an organization, and looks a role up once that many have. */
export function rolesOfMembers(db: Collections, organizationId: string): (userId: string) => Role[] {
  const known = new Map<string, Role | undefined>();
  const roleNamed = (id: string): Role | undefined => {
    if (!known.has(id)) known.set(id, db.roles.get(id));
    return known.get(id);
  };
  return (userId) =>
    db.organizationMemberRoles
      .find(ofMember(organizationId, userId))
      .flatMap((given) => roleNamed(given.role_id) ?? []);
}

export const organizationMemberRoleRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/members/:user_id/roles",
    operation: "get_organization_member_roles",
    access: ["read:organization_member_roles"],
    success: 200,
    params: memberParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      userOf(db, params.user_id);
      return rolesPage(db, query, db.organizationMemberRoles.find(ofMember(params.id, params.user_id)));
    },
  }),
  // Roles that a group gives would come here too; a local tenant has no groups.
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/members/:user_id/effective-roles",
    operation: "get_organization_member_effective_roles",
    access: ["read:organization_member_effective_roles"],
    success: 200,
    params: memberParams,
    query: z.looseObject(checkpointQuery()),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      userOf(db, params.user_id);
      return checkpoints(query, {
        name: "roles",
        rows: db.organizationMemberRoles,
        where: ofMember(params.id, params.user_id),
        order: ["role_id"],
        show: (given) => ({ ...showAssignedRole(roleOf(db, given.role_id)), sources: ["direct"] }),
        cursor: { form: idCursor, of: (given) => [given.role_id] },
      });
    },
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/members/:user_id/roles",
    operation: "post_organization_member_roles",
    access: ["create:organization_member_roles"],
    success: 204,
    params: memberParams,
    body: memberRolesBody,
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      userOf(db, params.user_id);
      if (!db.organizationMembers.has(compositeKey(params.id, params.user_id))) {
        throw new ManagementError(404, "The user is not a member of the organization.");
      }
      for (const roleId of body.roles) roleOf(db, roleId);
      for (const roleId of body.roles) {
        if (db.organizationMemberRoles.has(compositeKey(params.id, params.user_id, roleId))) continue;
        if (db.organizationMemberRoles.count(ofMember(params.id, params.user_id)) >= MAXIMUM) {
          throw conflict("No more roles can be assigned to this organization member.");
        }
        db.organizationMemberRoles.insert({
          organization_id: params.id,
          user_id: params.user_id,
          role_id: roleId,
        });
      }
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/members/:user_id/roles",
    operation: "delete_organization_member_roles",
    access: ["delete:organization_member_roles"],
    success: 204,
    params: memberParams,
    body: memberRolesBody,
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      userOf(db, params.user_id);
      for (const roleId of body.roles) {
        db.organizationMemberRoles.delete(compositeKey(params.id, params.user_id, roleId));
      }
    },
  }),
];
