/** The tenants of a folder in a process of their own, for a bench that watches or kills it. */
import { serveTenants } from "@ai-api-access/local/tenants/serve.ts";
import type { ServerMessage } from "./served.ts";

const [, , folder = ""] = process.argv;

const tell = (message: ServerMessage): void => {
  process.send?.(message);
};

const tenants = await serveTenants({ folder, firstPorts: { auth0: 0, okta: 0 } });
process.on("message", () => {
  // Only there when asked for (`--expose-gc`): what is left after it is what is really kept.
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  tell({ memory: { rss, heapUsed } });
});
process.once("disconnect", () => {
  void tenants.close().then(() => process.exit(0));
});
tell({ ready: tenants.access });
