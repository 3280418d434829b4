import { z } from "zod";
import { compositeKey } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { notFound } from "../../errors.ts";
import { endpoints } from "../access.ts";
import { flagQuery } from "../formats.ts";
import { paged, pageReply } from "../paging.ts";
import {
  enabledConnectionBody,
  enabledConnectionChangeBody,
  organizationConnectionBody,
  organizationConnectionChangeBody,
} from "./body.ts";
import {
  changeLink,
  linkConnection,
  renderEnabledConnection,
  renderOrganizationConnection,
} from "./connection-links.ts";
import { findOrganization, organizationParams } from "./find.ts";
import type { OrganizationConnectionRecord } from "./record.ts";

const linkParams = organizationParams.extend({
  connection: z.string().max(50).describe("Connection identifier."),
});

type LinkParams = z.output<typeof linkParams>;

function findLink(context: Auth0Context, params: LinkParams): OrganizationConnectionRecord {
  findOrganization(context, params.id);
  const found = context.data.organizationConnections.get(compositeKey(params.id, params.connection));
  if (found === undefined) throw notFound("No connection found by that id");
  return found;
}

/** A link deleted again is no error, but the organization must exist. */
function removeLink(context: Auth0Context, params: LinkParams): void {
  findOrganization(context, params.id);
  context.data.organizationConnections.delete(compositeKey(params.id, params.connection));
}

const all = { path: "/api/v2/organizations/:id/connections", params: organizationParams };
const one = { path: `${all.path}/:connection`, params: linkParams };
const allEnabled = { path: "/api/v2/organizations/:id/enabled_connections", params: organizationParams };
const oneEnabled = { path: `${allEnabled.path}/:connection`, params: linkParams };
const links = endpoints("organization_connections", all, one);
const enabled = endpoints("organization_connections", allEnabled, oneEnabled);

/** The connections of an organization. For the older endpoints, `enabled_connections`, a link is an enabled one. */
export const organizationConnectionRoutes = [
  route({
    ...links.create,
    operation: "post_organization_connections",
    body: organizationConnectionBody,
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      return renderOrganizationConnection(context, linkConnection(context, params.id, body));
    },
  }),
  route({
    ...enabled.create,
    operation: "post_enabled_connections",
    body: enabledConnectionBody,
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      const link = linkConnection(context, params.id, { ...body, is_enabled: true });
      return renderEnabledConnection(context, link);
    },
  }),
  route({
    ...links.list,
    operation: "get_organization_connections",
    query: z.looseObject({ ...paged(), is_enabled: flagQuery }),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      return pageReply(query, {
        name: "connections",
        rows: context.data.organizationConnections,
        order: ["connection_id"],
        where: matching({ organization_id: params.id, is_enabled: query.is_enabled }),
        render: (link) => renderOrganizationConnection(context, link),
      });
    },
  }),
  route({
    ...enabled.list,
    operation: "get_enabled_connections",
    query: z.looseObject(paged()),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      return pageReply(query, {
        name: "enabled_connections",
        rows: context.data.organizationConnections,
        order: ["connection_id"],
        where: matching({ organization_id: params.id, is_enabled: true }),
        render: (link) => renderEnabledConnection(context, link),
      });
    },
  }),
  route({
    ...links.get,
    operation: "get_organization_connection",
    handler: ({ params }, context) => renderOrganizationConnection(context, findLink(context, params)),
  }),
  route({
    ...enabled.get,
    operation: "get_enabled_connections_by_connectionId",
    handler: ({ params }, context) => renderEnabledConnection(context, findLink(context, params)),
  }),
  route({
    ...links.update,
    operation: "patch_organization_connection",
    body: organizationConnectionChangeBody,
    handler: ({ params, body }, context) =>
      renderOrganizationConnection(context, changeLink(context, findLink(context, params), body)),
  }),
  route({
    ...enabled.update,
    operation: "patch_enabled_connections_by_connectionId",
    body: enabledConnectionChangeBody,
    handler: ({ params, body }, context) =>
      renderEnabledConnection(context, changeLink(context, findLink(context, params), body)),
  }),
  route({
    ...links.remove,
    operation: "delete_organization_connection",
    handler: ({ params }, context) => {
      removeLink(context, params);
    },
  }),
  route({
    ...enabled.remove,
    operation: "delete_enabled_connections_by_connectionId",
    handler: ({ params }, context) => {
      findLink(context, params);
      removeLink(context, params);
    },
  }),
];
