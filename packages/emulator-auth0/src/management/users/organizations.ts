import { z } from "zod";
import { eq, isRecord } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { idParams } from "../formats.ts";
import { findOrganization } from "../organizations/find.ts";
import { renderOrganization } from "../organizations/render.ts";
import { paged, pageReply } from "../paging.ts";
import { findUser } from "./find.ts";

/** The organizations that a user is a member of. */
export const userOrganizationRoutes = [
  route({
    path: "/api/v2/users/:id/organizations",
    method: "GET",
    operation: "get_user_organizations",
    access: ["read:organizations"],
    success: 200,
    params: idParams,
    query: z.looseObject(paged()),
    handler: ({ params, query }, context) => {
      findUser(context, params.id);
      const page = pageReply(query, {
        name: "organizations",
        rows: context.data.organizationMembers,
        where: eq("user_id", params.id),
        render: (member) => renderOrganization(context, findOrganization(context, member.organization_id)),
      });
      // Seen in Auth0's answers of August 2026: the total of this list is always 0.
      return isRecord(page) ? { ...page, total: 0 } : page;
    },
  }),
];
