import { z } from "zod";
import { alphanumeric, eq, timestamp } from "@ai-api-access/emulator-core";
import { deleteOrganization } from "../../cascades.ts";
import { compact, patched, without } from "../../changes.ts";
import type { Collections, Organization } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, missing } from "../../errors.ts";
import { keptMetadata } from "../../formats.ts";
import { hasEarlyAccess } from "../../features.ts";
import { organizationOf } from "../../lookups.ts";
import { checkpointQuery, listed, offsetQuery, textCursor, timeCursor } from "../../paging.ts";
import { clientAssociation } from "./clients.ts";
import { linkConnection, showEnabled } from "./links.ts";
import { createOrganizationBody, organizationParams, updateOrganizationBody } from "./schemas.ts";

const READ = ["read:organizations", "read:organizations_summary"];

const sortQuery = z
  .string()
  .regex(/^(name|display_name|created_at):(1|-1)$/)
  .optional()
  .describe("Field to sort by. Use field:order where order is 1 for ascending and -1 for descending.");

/** What early access adds to an organization that says nothing of it. */
const EARLY_ACCESS = { third_party_client_access: "block", is_app_entitlement_active: false };

/** An organization as answers show it. */
export function showOrganization(db: Collections, organization: Organization): Record<string, unknown> {
  const { id, name, display_name: displayName, ...others } = without(organization, "created_at");
  const defaults = hasEarlyAccess(db) ? EARLY_ACCESS : {};
  return compact({ id, name, display_name: displayName, ...defaults, ...others });
}

/** As a list shows it that was asked for the association with one client. */
function showWithClient(db: Collections, organization: Organization, clientId: string | undefined): unknown {
  const client = clientId === undefined ? undefined : clientAssociation(db, organization.id, clientId);
  return { ...showOrganization(db, organization), ...(client === undefined ? {} : { client }) };
}

/** What a list that is sorted by a name sorts an organization by. */
function textOf(organization: Organization, column: "name" | "display_name"): string {
  const text = organization[column];
  return typeof text === "string" ? text : "";
}

function checkNameIsFree(db: Collections, name: string, except?: string): void {
  const other = db.organizations.first(eq("name", name));
  if (other !== undefined && other.id !== except) {
    throw conflict("An organization with the same name already exists.", "organization_conflict");
  }
}

export const organizationRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations",
    operation: "get_organizations",
    access: READ,
    success: 200,
    query: z.looseObject({
      ...offsetQuery,
      ...checkpointQuery(),
      sort: sortQuery,
      include_client_association_for: z.string().optional(),
    }),
    handler: ({ query }, { db }) => {
      const [field = "created_at", direction] = (query.sort ?? "").split(":");
      const column = field === "name" || field === "display_name" ? field : "created_at";
      return listed(query, {
        name: "organizations",
        rows: db.organizations,
        order: [column, "key"],
        descending: direction === "-1",
        show: (row) => showWithClient(db, row, query.include_client_association_for),
        limited: true,
        cursor:
          column === "created_at"
            ? { form: timeCursor, of: (row) => [row.created_at, row.id] }
            : { form: textCursor, of: (row) => [textOf(row, column), row.id] },
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
    handler: ({ params }, { db }) => {
      const organization = db.organizations.first(eq("name", params.name));
      if (organization === undefined) throw missing.organization();
      return showOrganization(db, organization);
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id",
    operation: "get_organizations_by_id",
    access: READ,
    success: 200,
    params: organizationParams,
    handler: ({ params }, { db }) => showOrganization(db, organizationOf(db, params.id)),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations",
    operation: "post_organizations",
    access: ["create:organizations"],
    success: 201,
    body: createOrganizationBody,
    handler: ({ body }, { db, clock }) => {
      checkNameIsFree(db, body.name);
      const { enabled_connections: connections = [], metadata, ...rest } = body;
      const organization = db.organizations.insert(
        compact({
          id: `org_${alphanumeric(16)}`,
          created_at: timestamp(clock),
          ...rest,
          metadata: keptMetadata(metadata),
        }),
      );
      const links = connections.map((link) =>
        linkConnection(db, organization.id, { ...link, is_enabled: true }),
      );
      const shown = showOrganization(db, organization);
      return links.length === 0
        ? shown
        : { ...shown, enabled_connections: links.map((link) => showEnabled(db, link)) };
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/organizations/:id",
    operation: "patch_organizations_by_id",
    access: ["update:organizations"],
    success: 200,
    params: organizationParams,
    body: updateOrganizationBody,
    handler: ({ params, body }, { db }) => {
      const organization = organizationOf(db, params.id);
      if (body.name !== undefined) checkNameIsFree(db, body.name, organization.id);
      // Metadata is replaced as a whole; what else is left out stays.
      const changes = "metadata" in body ? { ...body, metadata: keptMetadata(body.metadata) ?? null } : body;
      return showOrganization(db, db.organizations.put(patched(organization, changes)));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id",
    operation: "delete_organizations_by_id",
    access: ["delete:organizations"],
    success: 204,
    params: organizationParams,
    handler: ({ params }, { db }) => {
      if (!deleteOrganization(db, params.id)) throw missing.organization();
    },
  }),
];
