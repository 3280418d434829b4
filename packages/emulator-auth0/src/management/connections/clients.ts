import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { clientOf, connectionOf, idParams } from "../../lookups.ts";
import { checkpointQuery, checkpoints, idCursor } from "../../paging.ts";

const changesBody = z
  .array(
    z.strictObject({
      client_id: z.string().describe("The client_id of the client to be the subject to change status"),
      status: z.boolean().describe("Whether the connection is enabled or not for this client_id"),
    }),
  )
  .min(1)
  .max(50);

export const connectionClientRoutes = [
  route({
    method: "GET",
    path: "/api/v2/connections/:id/clients",
    operation: "get_connection_clients",
    access: ["read:connections"],
    success: 200,
    params: idParams,
    query: z.looseObject(checkpointQuery(1000)),
    handler: ({ params, query }, { db }) => {
      connectionOf(db, params.id);
      return checkpoints(query, {
        name: "clients",
        rows: db.connectionClients,
        where: eq("connection_id", params.id),
        order: ["client_id"],
        show: (link) => ({ client_id: link.client_id }),
        cursor: { form: idCursor, of: (link) => [link.client_id] },
      });
    },
  }),
  route({
    method: "PATCH",
    path: "/api/v2/connections/:id/clients",
    operation: "patch_clients",
    access: ["update:connections"],
    success: 204,
    params: idParams,
    body: changesBody,
    handler: ({ params, body }, { db }) => {
      connectionOf(db, params.id);
      for (const { client_id: clientId, status } of body) {
        clientOf(db, clientId);
        const link = { connection_id: params.id, client_id: clientId };
        if (status) db.connectionClients.put(link);
        else db.connectionClients.delete(compositeKey(params.id, clientId));
      }
    },
  }),
];
