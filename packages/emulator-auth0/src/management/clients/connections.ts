import { z } from "zod";
import { among, and, anyOf, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { strategiesQuery } from "../connections/body.ts";
import { readConnection } from "../connections/render.ts";
import { fieldsQuery, pickFields } from "../fields.ts";
import { idParams } from "../formats.ts";
import { checkpointReply, pagedByCheckpoint } from "../paging.ts";
import { findClient } from "./find.ts";

/** The connections that a client is enabled for. */
export const clientConnectionRoutes = [
  route({
    path: "/api/v2/clients/:id/connections",
    method: "GET",
    operation: "get_client_connections",
    access: ["read:connections"],
    success: 200,
    params: idParams,
    query: z.looseObject({ ...pagedByCheckpoint(), ...fieldsQuery, strategy: strategiesQuery }),
    handler: ({ params, query, call }, context) => {
      const { data } = context;
      findClient(context, params.id);
      const own = eq<"client_id">("client_id", params.id);
      return checkpointReply(query, {
        name: "connections",
        rows: data.connections,
        where: and<"key" | "strategy">(
          among<"key", "connection_id" | "client_id">("key", data.connectionClients, "connection_id", own),
          ...(query.strategy === undefined ? [] : [anyOf<"strategy">("strategy", query.strategy)]),
        ),
        order: ["key"],
        render: (connection) => pickFields(readConnection(context, call, connection), query),
      });
    },
  }),
];
