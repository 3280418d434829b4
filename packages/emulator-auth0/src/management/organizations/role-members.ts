import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { fieldsQuery, pickFields } from "../fields.ts";
import { checkpointReply, pagedByCheckpoint } from "../paging.ts";
import { findRole } from "../roles/find.ts";
import { renderUserSummary } from "../users/render.ts";
import { findOrganization, organizationParams } from "./find.ts";

const roleParams = organizationParams.extend({ role_id: z.string().max(50).describe("ID of the role.") });

function requireBoth(context: Auth0Context, params: z.output<typeof roleParams>): void {
  findOrganization(context, params.id);
  findRole(context, params.role_id);
}

/** Who has a role within an organization. */
export const organizationRoleMemberRoutes = [
  route({
    path: "/api/v2/organizations/:id/roles/:role_id/members",
    method: "GET",
    operation: "get_organization_role_members",
    access: ["read:organization_members"],
    success: 200,
    params: roleParams,
    query: z.looseObject({ ...pagedByCheckpoint(), ...fieldsQuery }),
    handler: ({ params, query }, context) => {
      requireBoth(context, params);
      return checkpointReply(query, {
        name: "members",
        rows: context.data.organizationMemberRoles,
        where: and(eq("organization_id", params.id), eq("role_id", params.role_id)),
        order: ["user_id"],
        render: (given) => pickFields(renderUserSummary(context, given.user_id), query),
      });
    },
  }),
  // Groups come from enterprise directories, which a local tenant has none of.
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/roles/:role_id/groups",
    operation: "get_organization_role_groups",
    access: ["read:organization_group_roles"],
    success: 200,
    params: roleParams,
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ params }, context) => {
      requireBoth(context, params);
      return { groups: [] };
    },
  }),
];
