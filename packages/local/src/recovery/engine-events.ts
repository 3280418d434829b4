import { z } from "zod";

/** What the engine's events say of a resource; parsed, since not all that the SDK's types promise is there. */
export const resourceEventSchema = z.object({
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  new: z
    .object({
      custom: z.boolean().optional(),
      id: z.string().optional(),
      inputs: z.record(z.string(), z.unknown()).default({}),
      parent: z.string().optional(),
      provider: z.string().optional(),
    })
    .nullish(),
});
