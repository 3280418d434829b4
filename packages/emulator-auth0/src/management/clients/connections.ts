import { z } from "zod";
import { among, and, anyOf, eq } from "@ai-api-access/emulator-core";
import { route } from "../../context.ts";
import { fieldsQuery, pickFields } from "../../fields.ts";
import { clientOf, idParams } from "../../lookups.ts";
import { checkpointQuery, checkpoints, idCursor } from "../../paging.ts";
import { showConnection } from "../connections/connections.ts";
import { strategiesQuery } from "../connections/schemas.ts";

/** The connections that a client is enabled for. */
export const clientConnectionRoutes = [
  route({
    method: "GET",
    path: "/api/v2/clients/:id/connections",
    operation: "get_client_connections",
    access: ["read:connections"],
    success: 200,
    params: idParams,
    query: z.looseObject({ ...checkpointQuery(), ...fieldsQuery, strategy: strategiesQuery }),
    handler: ({ params, query }, { db }) => {
      clientOf(db, params.id);
      return checkpoints(query, {
        name: "connections",
        rows: db.connections,
        where: and<"key" | "strategy">(
          among<"key", "connection_id" | "client_id">(
            "key",
            db.connectionClients,
            "connection_id",
            eq("client_id", params.id),
          ),
          ...(query.strategy === undefined ? [] : [anyOf<"strategy">("strategy", query.strategy)]),
        ),
        order: ["key"],
        show: (connection) => pickFields(showConnection(db, connection), query),
        cursor: { form: idCursor, of: (connection) => [connection.id] },
      });
    },
  }),
];
