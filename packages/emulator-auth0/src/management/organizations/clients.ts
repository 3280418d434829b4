import { z } from "zod";
import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import { compact } from "../../changes.ts";
import type { Collections } from "../../collections.ts";
import { route } from "../../context.ts";
import { conflict, limitReached, missing } from "../../errors.ts";
import { clientOf, organizationOf } from "../../lookups.ts";
import { checkpoints, checkpointQuery, idCursor } from "../../paging.ts";
import { organizationParams } from "./schemas.ts";

/** How many clients one request may name, and an organization may have (Auth0 docs: organization clients). */
const BATCH = 10;
const MAXIMUM = 100;

const clientParams = organizationParams.extend({ client_id: z.string().describe("ID of the client.") });

const associateBody = z.strictObject({
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

interface Association {
  readonly client_id: string;
  readonly use_for_member_access: boolean;
}

/** A client of an organization as answers show it, with some of the client itself. */
function showAssociation(db: Collections, { client_id: id, use_for_member_access: access }: Association) {
  const client = db.clients.get(id);
  return {
    client_id: id,
    use_for_member_access: access,
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

function associationOf(db: Collections, params: z.output<typeof clientParams>) {
  organizationOf(db, params.id);
  const link = db.organizationClients.get(compositeKey(params.id, params.client_id));
  if (link === undefined) throw missing.client();
  return link;
}

export const organizationClientRoutes = [
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/clients",
    operation: "get_organization_clients",
    access: ["read:organization_clients"],
    success: 200,
    params: organizationParams,
    query: z.looseObject(checkpointQuery()),
    handler: ({ params, query }, { db }) => {
      organizationOf(db, params.id);
      return checkpoints(query, {
        name: "clients",
        rows: db.organizationClients,
        where: eq("organization_id", params.id),
        order: ["client_id"],
        show: (link) => showAssociation(db, link),
        cursor: { form: idCursor, of: (link) => [link.client_id] },
      });
    },
  }),
  route({
    method: "GET",
    path: "/api/v2/organizations/:id/clients/:client_id",
    operation: "get_organization_client",
    access: ["read:organization_clients"],
    success: 200,
    params: clientParams,
    handler: ({ params }, { db }) => showAssociation(db, associationOf(db, params)),
  }),
  route({
    method: "POST",
    path: "/api/v2/organizations/:id/clients",
    operation: "post_organization_clients",
    access: ["create:organization_clients"],
    success: 201,
    params: organizationParams,
    body: associateBody,
    // All of a request's clients are associated, or none.
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      for (const { client_id: id } of body.clients) {
        clientOf(db, id);
        if (db.organizationClients.has(compositeKey(params.id, id))) {
          throw conflict("The client has already been added to this organization.");
        }
      }
      const known = db.organizationClients.count(eq("organization_id", params.id));
      if (known + body.clients.length > MAXIMUM) throw limitReached();
      return body.clients.map((asked) =>
        showAssociation(db, db.organizationClients.put({ organization_id: params.id, ...asked })),
      );
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/organizations/:id/clients/:client_id",
    operation: "patch_organization_client",
    access: ["update:organization_clients"],
    success: 200,
    params: clientParams,
    body: z.strictObject({ use_for_member_access: z.boolean().optional() }),
    handler: ({ params, body }, { db }) => {
      const link = associationOf(db, params);
      return showAssociation(db, db.organizationClients.put({ ...link, ...compact(body) }));
    },
  }),
  route({
    method: "DELETE",
    path: "/api/v2/organizations/:id/clients",
    operation: "delete_organization_clients",
    access: ["delete:organization_clients"],
    success: 204,
    params: organizationParams,
    body: z.strictObject({
      clients: z
        .array(z.string().min(1))
        .min(1)
        .max(BATCH)
        .describe("List of client IDs to remove from the organization."),
    }),
    handler: ({ params, body }, { db }) => {
      organizationOf(db, params.id);
      for (const id of body.clients) db.organizationClients.delete(compositeKey(params.id, id));
    },
  }),
];

/** Whether an organization has a client, and for what; nothing when it has not. */
export function clientAssociation(db: Collections, organizationId: string, clientId: string) {
  const link = db.organizationClients.first(
    and(eq("organization_id", organizationId), eq("client_id", clientId)),
  );
  return link === undefined ? undefined : { use_for_member_access: link.use_for_member_access };
}
