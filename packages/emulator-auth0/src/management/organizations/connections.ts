import { z } from "zod";
import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Collections, OrganizationConnection } from "../../collections.ts";
import { route } from "../../context.ts";
import { missing } from "../../errors.ts";
import { organizationOf } from "../../lookups.ts";
import { listed, offsetQuery } from "../../paging.ts";
import { changeLink, linkConnection, showEnabled, showLink } from "./links.ts";
import {
  enabledConnectionBody,
  organizationConnectionBody,
  organizationParams,
  updateEnabledConnectionBody,
  updateOrganizationConnectionBody,
} from "./schemas.ts";

const linkParams = organizationParams.extend({
  connection: z.string().max(50).describe("Connection identifier."),
});

const listQuery = z.looseObject({ ...offsetQuery, is_enabled: z.enum(["true", "false"]).optional() });

type LinkParams = z.infer<typeof linkParams>;

function linkOf(db: Collections, params: LinkParams): OrganizationConnection {
  organizationOf(db, params.id);
  const link = db.organizationConnections.get(compositeKey(params.id, params.connection));
  if (link === undefined) throw missing.organizationConnection();
  return link;
}

/** A deleted link deleted again is no error, but the organization must exist. */
function unlink(db: Collections, params: LinkParams): void {
  organizationOf(db, params.id);
  db.organizationConnections.delete(compositeKey(params.id, params.connection));
}

/** `/organizations/{id}/connections`: the endpoints that know links which are not enabled. */
const newer = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/connections",
    operation: "get_organization_connections",
    access: ["read:organization_connections"],
    success: 200,
    params: organizationParams,
    query: listQuery,
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      const own = eq<"organization_id" | "is_enabled">("organization_id", params.id);
      return listed(query, {
        name: "connections",
        rows: db.organizationConnections,
        order: ["connection_id"],
        where: query.is_enabled === undefined ? own : and(own, eq("is_enabled", query.is_enabled === "true")),
        show: (link) => showLink(db, link),
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/connections/:connection",
    operation: "get_organization_connection",
    access: ["read:organization_connections"],
    success: 200,
    params: linkParams,
    handler: ({ params }, { db }) => showLink(db, linkOf(db, params)),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/connections",
    operation: "post_organization_connections",
    access: ["create:organization_connections"],
    success: 201,
    params: organizationParams,
    body: organizationConnectionBody,
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      return showLink(db, linkConnection(db, params.id, body));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/organizations/:id/connections/:connection",
    operation: "patch_organization_connection",
    access: ["update:organization_connections"],
    success: 200,
    params: linkParams,
    body: updateOrganizationConnectionBody,
    handler: ({ params, body }, { db }) => showLink(db, changeLink(db, linkOf(db, params), body)),
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/connections/:connection",
    operation: "delete_organization_connection",
    access: ["delete:organization_connections"],
    success: 204,
    params: linkParams,
    handler: ({ params }, { db }) => {
      unlink(db, params);
    },
  }),
];

/** `/organizations/{id}/enabled_connections`: the older endpoints, for which a link is an enabled one. */
const older = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/enabled_connections",
    operation: "get_enabled_connections",
    access: ["read:organization_connections"],
    success: 200,
    params: organizationParams,
    query: z.looseObject(offsetQuery),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      return listed(query, {
        name: "enabled_connections",
        rows: db.organizationConnections,
        order: ["connection_id"],
        where: and(eq("organization_id", params.id), eq("is_enabled", true)),
        show: (link) => showEnabled(db, link),
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/enabled_connections/:connection",
    operation: "get_enabled_connections_by_connectionId",
    access: ["read:organization_connections"],
    success: 200,
    params: linkParams,
    handler: ({ params }, { db }) => showEnabled(db, linkOf(db, params)),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/enabled_connections",
    operation: "post_enabled_connections",
    access: ["create:organization_connections"],
    success: 201,
    params: organizationParams,
    body: enabledConnectionBody,
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      return showEnabled(db, linkConnection(db, params.id, { ...body, is_enabled: true }));
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/organizations/:id/enabled_connections/:connection",
    operation: "patch_enabled_connections_by_connectionId",
    access: ["update:organization_connections"],
    success: 200,
    params: linkParams,
    body: updateEnabledConnectionBody,
    handler: ({ params, body }, { db }) => showEnabled(db, changeLink(db, linkOf(db, params), body)),
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/enabled_connections/:connection",
    operation: "delete_enabled_connections_by_connectionId",
    access: ["delete:organization_connections"],
    success: 204,
    params: linkParams,
    handler: ({ params }, { db }) => {
      linkOf(db, params);
      unlink(db, params);
    },
  }),
];

export const organizationConnectionRoutes = [...newer, ...older];
