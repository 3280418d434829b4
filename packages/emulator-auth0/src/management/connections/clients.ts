import { z } from "zod";
import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { endpoints } from "../access.ts";
import { findClient } from "../clients/find.ts";
import { idParams } from "../formats.ts";
import { checkpointReply, pagedByCheckpoint } from "../paging.ts";
import { findConnection } from "./find.ts";

const changesBody = z
  .array(
    z.strictObject({
      client_id: z.string().describe("The client_id of the client to be the subject to change status"),
      status: z.boolean().describe("Whether the connection is enabled or not for this client_id"),
    }),
  )
  .min(1)
  .max(50);

const all = { path: "/api/v2/connections/:id/clients", params: idParams };
const { list, update } = endpoints("connections", all, all);

/** The clients that a connection is enabled for. */
export const connectionClientRoutes = [
  route({
    ...list,
    operation: "get_connection_clients",
    query: z.looseObject(pagedByCheckpoint(1000)),
    handler: ({ params, query }, context) => {
      findConnection(context, params.id);
      return checkpointReply(query, {
        name: "clients",
        rows: context.data.connectionClients,
        where: eq("connection_id", params.id),
        order: ["client_id"],
        render: (link) => ({ client_id: link.client_id }),
      });
    },
  }),
  route({
    ...update,
    operation: "patch_clients",
    success: 204,
    body: changesBody,
    handler: ({ params, body }, context) => {
      const { connectionClients } = context.data;
      findConnection(context, params.id);
      for (const { client_id: clientId, status } of body) {
        findClient(context, clientId);
        if (status) connectionClients.put({ connection_id: params.id, client_id: clientId });
        else connectionClients.delete(compositeKey(params.id, clientId));
      }
    },
  }),
];
