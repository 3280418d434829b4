/** The routes of the API with their guards, or (told `open`) without. Says where it listens, until disconnected. */
import { guardWith, type Guard } from "@ai-api-access/ai-api/guard.ts";
import { addRoutes } from "@ai-api-access/ai-api/routes.ts";
import { createVerifier, type VerifierConfig } from "@ai-api-access/verifier";
import fastify from "fastify";
import { z } from "zod";

const orderSchema = z.object({ open: z.boolean(), config: z.custom<VerifierConfig>() });
export type Order = z.infer<typeof orderSchema>;

process.once("message", (message) => {
  const { open, config } = orderSchema.parse(message);
  const verify = createVerifier(config);
  const nobody: Guard = () => Promise.resolve();
  const app = fastify();
  app.decorateRequest("caller", null);
  addRoutes(app, (permission) => (open ? nobody : guardWith(verify, permission)));
  void app.listen({ port: 0, host: "127.0.0.1" }).then((url) => process.send?.(url));
});
process.once("disconnect", () => process.exit(0));
