/** What the process of the commands is asked to do, and what it answers. */
import { z } from "zod";
import { PROVIDER_KINDS } from "@ai-api-access/local/providers.ts";

export const orderSchema = z.object({
  /** Where the twin of the command keeps things; its tenants are being served. */
  folder: z.string(),
  providers: z.enum(PROVIDER_KINDS),
  command: z.enum(["up", "preview"]),
  refresh: z.boolean(),
});
export type Order = z.infer<typeof orderSchema>;

/** How a command ended, and all that it said. */
export const ranSchema = z.object({ ok: z.boolean(), output: z.string() });
export type Ran = z.infer<typeof ranSchema>;
