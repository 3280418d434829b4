import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, notFound } from "../../errors.ts";
import { endpoints } from "../access.ts";
import { idFormat } from "../formats.ts";
import { checkpointReply, paged, pagedByCheckpoint } from "../paging.ts";
import { findRole } from "../roles/find.ts";
import type { RoleRecord } from "../roles/record.ts";
import { givenRolesReply, renderGivenRole } from "../roles/render.ts";
import { findUser } from "../users/find.ts";
import { findOrganization, organizationParams } from "./find.ts";
import { isMember, membership } from "./membership.ts";

/** How many roles a member may have in an organization (Auth0 docs: entity limits). */
const MAXIMUM = 50;

const memberParams = organizationParams.extend({
  user_id: z.string().describe("ID of the user to associate roles with."),
});

type MemberParams = z.output<typeof memberParams>;

const rolesBody = z.strictObject({
  roles: z
    .array(idFormat("role-id", "rol"))
    .min(1)
    .describe("List of roles IDs to associated with the user."),
});

/** The organization and the user must exist. */
function requireBoth(context: Auth0Context, params: MemberParams): void {
  findOrganization(context, params.id);
  findUser(context, params.user_id);
}

/** Gives the roles that members have in an organization, and looks a role up once that many have. */
export function rolesOfMembers(
  { data }: Auth0Context,
  organizationId: string,
): (userId: string) => RoleRecord[] {
  const known = new Map<string, RoleRecord | undefined>();
  const roleNamed = (id: string): RoleRecord | undefined => {
    if (!known.has(id)) known.set(id, data.roles.get(id));
    return known.get(id);
  };
  return (userId) =>
    data.organizationMemberRoles
      .find(membership(organizationId, userId))
      .flatMap((given) => roleNamed(given.role_id) ?? []);
}

/** Gives a member roles. All of a request's roles are given, or none; those that the member has already stay as they are. */
export function giveRoles(context: Auth0Context, params: MemberParams, roles: readonly string[]): void {
  const { organizationMemberRoles } = context.data;
  for (const id of roles) findRole(context, id);
  for (const id of roles) {
    if (organizationMemberRoles.has(compositeKey(params.id, params.user_id, id))) continue;
    if (organizationMemberRoles.count(membership(params.id, params.user_id)) >= MAXIMUM) {
      throw conflict("No more roles can be assigned to this organization member.");
    }
    organizationMemberRoles.insert({ organization_id: params.id, user_id: params.user_id, role_id: id });
  }
}

const all = { path: "/api/v2/organizations/:id/members/:user_id/roles", params: memberParams };
const { create, list, remove } = endpoints("organization_member_roles", all, all);

/** The roles that a member has in an organization. */
export const organizationMemberRoleRoutes = [
  route({
    ...create,
    operation: "post_organization_member_roles",
    success: 204,
    body: rolesBody,
    handler: ({ params, body }, context) => {
      requireBoth(context, params);
      if (!isMember(context, params.id, params.user_id)) {
        throw notFound("The user is not a member of the organization.");
      }
      giveRoles(context, params, body.roles);
    },
  }),
  route({
    ...list,
    operation: "get_organization_member_roles",
    query: z.looseObject(paged()),
    handler: ({ params, query }, context) => {
      requireBoth(context, params);
      const given = context.data.organizationMemberRoles.find(membership(params.id, params.user_id));
      return givenRolesReply(context, query, given);
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
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ params, query }, context) => {
      requireBoth(context, params);
      return checkpointReply(query, {
        name: "roles",
        rows: context.data.organizationMemberRoles,
        where: membership(params.id, params.user_id),
        order: ["role_id"],
        render: (given) => ({ ...renderGivenRole(findRole(context, given.role_id)), sources: ["direct"] }),
      });
    },
  }),
  route({
    ...remove,
    operation: "delete_organization_member_roles",
    body: rolesBody,
    handler: ({ params, body }, context) => {
      requireBoth(context, params);
      for (const id of body.roles) {
        context.data.organizationMemberRoles.delete(compositeKey(params.id, params.user_id, id));
      }
    },
  }),
];
