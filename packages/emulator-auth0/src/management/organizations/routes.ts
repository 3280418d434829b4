import { z } from "zod";
import { alphanumeric, compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict } from "../../errors.ts";
import { compact, patched } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { keptMetadata } from "../formats.ts";
import { paged, pagedByCheckpoint, pageReply, textCursor, timeCursor } from "../paging.ts";
import { removeRole } from "../roles/routes.ts";
import { organizationBody, organizationChangeBody } from "./body.ts";
import { linkConnection, renderEnabledConnection } from "./connection-links.ts";
import { findOrganization, organizationNotFound, organizationParams } from "./find.ts";
import type { OrganizationRecord } from "./record.ts";
import { renderOrganization } from "./render.ts";

/** As a list shows an organization that was asked for the association with one client. */
function renderWithClient(context: Auth0Context, organization: OrganizationRecord, clientId = ""): unknown {
  const link = context.data.organizationClients.get(compositeKey(organization.id, clientId));
  const client = link && { use_for_member_access: link.use_for_member_access };
  return compact({ ...renderOrganization(context, organization), client });
}

function requireFreeName({ data }: Auth0Context, name: string, except?: string): void {
  const other = data.organizations.first(eq("name", name));
  if (other !== undefined && other.id !== except) {
    throw conflict("An organization with the same name already exists.", "organization_conflict");
  }
}

/** Deletes an organization with all that it has: links, members, their roles, grants, roles of its own. */
function removeOrganization(context: Auth0Context, id: string): void {
  const { data } = context;
  const own = eq<"organization_id">("organization_id", id);
  data.organizationConnections.deleteWhere(own);
  data.organizationMemberRoles.deleteWhere(own);
  data.organizationMembers.deleteWhere(own);
  data.organizationClientGrants.deleteWhere(own);
  data.organizationClients.deleteWhere(own);
  data.discoveryDomains.deleteWhere(own);
  data.invitations.deleteWhere(own);
  for (const role of data.roles.find(eq("owner_id", id))) removeRole(context, role.id);
  data.organizations.delete(id);
}

const all = { path: "/api/v2/organizations" };
const one = { path: "/api/v2/organizations/:id", params: organizationParams };
const { create, list, get, update, remove } = endpoints("organizations", all, one);
const READ = ["read:organizations", "read:organizations_summary"];

const sortQuery = z
  .string()
  .regex(/^(name|display_name|created_at):(1|-1)$/)
  .optional()
  .describe("Field to sort by. Use field:order where order is 1 for ascending and -1 for descending.");

/** Organizations (Auth0 docs: Management API, Organizations). */
export const organizationRoutes = [
  route({
    ...create,
    operation: "post_organizations",
    body: organizationBody,
    handler: ({ body }, context) => {
      requireFreeName(context, body.name);
      const { enabled_connections: connections = [], metadata, ...rest } = body;
      const organization = context.data.organizations.insert(
        compact({
          id: `org_${alphanumeric(16)}`,
          created_at: context.now(),
          ...rest,
          metadata: keptMetadata(metadata),
        }),
      );
      const links = connections.map((link) =>
        renderEnabledConnection(
          context,
          linkConnection(context, organization.id, { ...link, is_enabled: true }),
        ),
      );
      const shown = renderOrganization(context, organization);
      return links.length === 0 ? shown : { ...shown, enabled_connections: links };
    },
  }),
  route({
    ...list,
    operation: "get_organizations",
    access: READ,
    query: z.looseObject({
      ...paged(),
      ...pagedByCheckpoint(),
      sort: sortQuery,
      include_client_association_for: z.string().optional(),
    }),
    handler: ({ query }, context) => {
      const [field = "created_at", direction] = (query.sort ?? "").split(":");
      const column = field === "name" || field === "display_name" ? field : "created_at";
      return pageReply(query, {
        name: "organizations",
        rows: context.data.organizations,
        order: [column, "key"],
        descending: direction === "-1",
        render: (row) => renderWithClient(context, row, query.include_client_association_for),
        limited: true,
        cursor: column === "created_at" ? timeCursor : textCursor,
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/name/:name",
    operation: "get_name_by_name",
    access: READ,
    success: 200,
    params: z.object({ name: z.string().max(50) }),
    handler: ({ params }, context) => {
      const organization = context.data.organizations.first(eq("name", params.name));
      if (organization === undefined) throw organizationNotFound();
      return renderOrganization(context, organization);
    },
  }),
  route({
    ...get,
    operation: "get_organizations_by_id",
    access: READ,
    handler: ({ params }, context) => renderOrganization(context, findOrganization(context, params.id)),
  }),
  route({
    ...update,
    operation: "patch_organizations_by_id",
    body: organizationChangeBody,
    handler: ({ params, body }, context) => {
      const organization = findOrganization(context, params.id);
      if (body.name !== undefined) requireFreeName(context, body.name, organization.id);
      // Metadata is replaced as a whole; what else is left out stays.
      const changes = "metadata" in body ? { ...body, metadata: keptMetadata(body.metadata) ?? null } : body;
      return renderOrganization(context, context.data.organizations.put(patched(organization, changes)));
    },
  }),
  route({
    ...remove,
    operation: "delete_organizations_by_id",
    handler: ({ params }, context) => {
      removeOrganization(context, findOrganization(context, params.id).id);
    },
  }),
];
