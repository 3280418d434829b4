/** The tenants in a process of their own; ends when the process that started it lets go or dies. */
import { announceTenants, forgetTenants } from "./running.ts";
import { serveTenants } from "./serve.ts";

const folder = process.argv[2] ?? "";

// The engine may still need the tenants to finish what an interrupt cut short; their parent ends them after it.
process.on("SIGINT", () => undefined);

const tell = (message: object): void => {
  if (process.connected) process.send?.(message);
};

try {
  const tenants = await serveTenants({
    folder,
    onNotice: (notice) => {
      tell({ notice });
    },
  });
  announceTenants(folder, tenants.access);
  const end = (): void => {
    forgetTenants(folder);
    void tenants.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  if (process.connected) process.once("disconnect", end);
  else end();
  tell({ ready: tenants.access });
} catch (error) {
  tell({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
