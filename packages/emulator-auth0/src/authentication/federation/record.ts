import { z } from "zod";
import { collection, columns } from "../../collections.ts";

/** People on their way to an identity provider and back, by the `state` that goes with them. */
export const federations = collection({
  name: "federations",
  schema: z.object({
    state: z.string(),
    transaction_id: z.string(),
    connection_id: z.string(),
    nonce: z.string(),
    verifier: z.string().optional(),
    /** Milliseconds since 1970. */
    expires_at: z.number(),
  }),
  key: ({ state }) => state,
  columns: columns("expires_at"),
});
