import { z } from "zod";
import { compositeKey, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { collection, columns } from "../../collections.ts";

const connectionRecord = z.looseObject({
  id: z.string(),
  name: z.string(),
  strategy: z.string(),
  options: jsonObjectSchema,
});

/** A connection. */
export type ConnectionRecord = z.output<typeof connectionRecord>;

/** All connections. */
export const connections = collection({
  name: "connections",
  schema: connectionRecord,
  key: ({ id }) => id,
  columns: { name: { of: ({ name }) => name, unique: true }, ...columns("strategy") },
});

/** For which clients each connection is enabled. */
export const connectionClients = collection({
  name: "connection_clients",
  schema: z.object({ connection_id: z.string(), client_id: z.string() }),
  key: (link) => compositeKey(link.connection_id, link.client_id),
  columns: columns("connection_id", "client_id"),
  indexes: [["connection_id", "client_id"]],
});
