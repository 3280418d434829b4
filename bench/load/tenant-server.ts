/** The tenants of a folder, filled as the example does. Says how to reach them, until disconnected. */
import { join } from "node:path";
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import { z } from "zod";

const seed = join(import.meta.dirname, "../../examples/tenants/seed.yaml");

process.once("message", (message) => {
  const { folder } = z.object({ folder: z.string() }).parse(message);
  void serveTenants({ folder, seed, firstPorts: { auth0: 0, okta: 0 } }).then((tenants) => {
    process.once("disconnect", () => {
      void tenants.close().then(() => process.exit(0));
    });
    process.send?.(tenants.access);
  });
});
