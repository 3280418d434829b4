import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import type { Auth0Context } from "../../context.ts";
import { conflict, limitReached } from "../../errors.ts";
import { compact } from "../../objects.ts";
import { endpoints } from "../access.ts";
import { clientNotFound, findClient } from "../clients/find.ts";
import { checkpointReply, pagedByCheckpoint } from "../paging.ts";
import { findOrganization, organizationParams } from "./find.ts";
import type { OrganizationClientRecord } from "./record.ts";

/** How many clients one request may name, and an organization may have (Auth0 docs: organization clients). */
const BATCH = 10;
const MAXIMUM = 100;

const clientParams = organizationParams.extend({ client_id: z.string().describe("ID of the client.") });

function findAssociation(context: Auth0Context, params: z.output<typeof clientParams>) {
  findOrganization(context, params.id);
  const found = context.data.organizationClients.get(compositeKey(params.id, params.client_id));
  if (found === undefined) throw clientNotFound();
  return found;
}

const associationsBody = z.strictObject({
  clients: z
    .array(
      z.strictObject({
        client_id: z.string().min(1).describe("ID of the client to associate."),
        use_for_member_access: z
          .boolean()
          .describe("Whether members of the organization can use the client to log in."),
      }),
    )
    .min(1)
    .max(BATCH)
    .describe("List of clients to associate with the organization."),
});

/** A client of an organization as answers show it, with some of the client itself. */
function renderAssociation(
  { data }: Auth0Context,
  { client_id, use_for_member_access }: OrganizationClientRecord,
) {
  const client = data.clients.get(client_id);
  return {
    client_id,
    use_for_member_access,
    client: compact({
      name: client?.name,
      app_type: client?.app_type,
      logo_uri: client?.logo_uri,
      is_first_party: client?.is_first_party,
      grant_types: client?.grant_types,
      organization_usage: client?.organization_usage,
    }),
  };
}

const all = { path: "/api/v2/organizations/:id/clients", params: organizationParams };
const one = { path: `${all.path}/:client_id`, params: clientParams };
const { create, list, get, update, remove } = endpoints("organization_clients", all, one);

/** The applications that an organization is associated with. */
export const organizationClientRoutes = [
  route({
    ...create,
    operation: "post_organization_clients",
    body: associationsBody,
    // All of a request's clients are associated, or none.
    handler: ({ params, body }, context) => {
      const { organizationClients } = context.data;
      findOrganization(context, params.id);
      for (const { client_id: id } of body.clients) {
        findClient(context, id);
        if (organizationClients.has(compositeKey(params.id, id))) {
          throw conflict("The client has already been added to this organization.");
        }
      }
      const known = organizationClients.count(eq("organization_id", params.id));
      if (known + body.clients.length > MAXIMUM) throw limitReached();
      return body.clients.map((asked) =>
        renderAssociation(context, organizationClients.put({ organization_id: params.id, ...asked })),
      );
    },
  }),
  route({
    ...list,
    operation: "get_organization_clients",
    query: z.looseObject(pagedByCheckpoint()),
    handler: ({ params, query }, context) => {
      findOrganization(context, params.id);
      return checkpointReply(query, {
        name: "clients",
        rows: context.data.organizationClients,
        where: eq("organization_id", params.id),
        order: ["client_id"],
        render: (link) => renderAssociation(context, link),
      });
    },
  }),
  route({
    ...get,
    operation: "get_organization_client",
    handler: ({ params }, context) => renderAssociation(context, findAssociation(context, params)),
  }),
  route({
    ...update,
    operation: "patch_organization_client",
    body: z.strictObject({ use_for_member_access: z.boolean().optional() }),
    handler: ({ params, body }, context) => {
      const changed = { ...findAssociation(context, params), ...compact(body) };
      return renderAssociation(context, context.data.organizationClients.put(changed));
    },
  }),
  route({
    ...remove,
    ...all,
    operation: "delete_organization_clients",
    body: z.strictObject({
      clients: z
        .array(z.string().min(1))
        .min(1)
        .max(BATCH)
        .describe("List of client IDs to remove from the organization."),
    }),
    handler: ({ params, body }, context) => {
      findOrganization(context, params.id);
      for (const id of body.clients) context.data.organizationClients.delete(compositeKey(params.id, id));
    },
  }),
];
