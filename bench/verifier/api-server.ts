/** The routes of the API with their guards, or (told `open`) without. Says where it listens, until disconnected. */
import fastify from "fastify";
import { z } from "zod";
import type { AppConfig } from "../../examples/ai-api/app-config.ts";
import { guardWith, type Guard } from "../../examples/ai-api/guard.ts";
import { addRoutes } from "../../examples/ai-api/routes.ts";
import { createVerifier } from "../../examples/ai-api/verifier/index.ts";

const orderSchema = z.object({ open: z.boolean(), config: z.custom<AppConfig>() });
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
