import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { organizationOf, roleOf } from "../../lookups.ts";
import { checkpoints, checkpointQuery, idCursor } from "../../paging.ts";
import { userSummary } from "../users/summary.ts";
import { organizationParams } from "./schemas.ts";

const roleParams = organizationParams.extend({ role_id: z.string().max(50).describe("ID of the role.") });

function checkExist(db: Collections, params: z.output<typeof roleParams>): void {
  organizationOf(db, params.id);
  roleOf(db, params.role_id);
}

/** A role seen from within an organization: who has it there. */
export const organizationRoleRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/roles/:role_id/members",
    operation: "get_organization_role_members",
    access: ["read:organization_members"],
    success: 200,
    params: roleParams,
    query: z.looseObject({ ...checkpointQuery(), ...fieldsQuery }),
    handler: ({ params, query }, { db }) => {
      checkExist(db, params);
      return checkpoints(query, {
        name: "members",
        rows: db.organizationMemberRoles,
        where: and(eq("organization_id", params.id), eq("role_id", params.role_id)),
        order: ["user_id"],
        show: (given) => pickFields(userSummary(db, given.user_id), query),
        cursor: { form: idCursor, of: (given) => [given.user_id] },
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
    query: z.looseObject(checkpointQuery()),
    handler: ({ params }, { db }) => {
      checkExist(db, params);
      return { groups: [] };
    },
  }),
];
