import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { idParams, organizationOf, userOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { showOrganization } from "../organizations/organizations.ts";

export const userOrganizationRoutes = [
  route({
    method: "GET",
    path: "/api/v2/users/:id/organizations",
    operation: "get_user_organizations",
    access: ["read:organizations"],
    success: 200,
    params: idParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query }, { db }) => {
      userOf(db, params.id);
      return listed(query, {
        name: "organizations",
        rows: db.organizationMembers,
        where: eq("user_id", params.id),
        show: (member) => showOrganization(db, organizationOf(db, member.organization_id)),
      });
    },
  }),
];
