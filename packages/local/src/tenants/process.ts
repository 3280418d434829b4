/** The tenants in a process of their own; ends when the process that started it lets go or dies. */
import { messageOf } from "@ai-api-access/user-error";
import { announceTenants, forgetTenants } from "./running.ts";
import { serveTenants } from "./serve.ts";

const folder = process.argv[2] ?? "";

// The engine may still need the tenants to finish what a signal cut short; their parent ends them after it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);

const report = (message: object): void => {
  if (process.connected) process.send?.(message);
};

try {
  const tenants = await serveTenants({
    folder,
    onNotice: (notice) => {
      report({ notice });
    },
  });
  announceTenants(folder, tenants.access);
  const end = (): void => {
    forgetTenants(folder);
    void tenants.close().then(() => process.exit(0));
  };
  if (process.connected) process.once("disconnect", end);
  else end();
  report({ ready: tenants.access });
} catch (error) {
  const failed = messageOf(error);
  if (process.connected) process.send?.({ failed }, () => process.exit(1));
  else process.exit(1);
}
