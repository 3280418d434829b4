/**
 * The stand-in plugins, served by the test's own process: to start them for each run takes longer than their work.
 * `packages/stand-in-providers`, `packages/local/test/kills` and whoever runs a command by itself has them in processes.
 */
import type { PlainProperties } from "@ai-api-access/provider-kit";
import { EngineLink } from "@ai-api-access/provider-kit/engine.ts";
import { service } from "@ai-api-access/provider-kit/rpc/service.ts";
import { listen } from "@ai-api-access/provider-kit/serve.ts";
import type { Tables } from "@ai-api-access/stand-in-providers/table/resource.ts";
import { providerOf } from "@ai-api-access/stand-in-providers/table/provider.ts";
import { standIns, type Providers } from "@ai-api-access/local/providers.ts";
import type { TenantAccess } from "@ai-api-access/local/tenants/access.ts";

export interface ServedPlugins {
  /** The engine connects to these and starts none. */
  readonly providers: Providers;
  close(): void;
}

/** A pair for the stacks of one pair of tenants: each run configures it again. */
export async function servePlugins(access: TenantAccess): Promise<ServedPlugins> {
  const { auth0, okta } = await tablesTrusting(access.bundleFile);
  const { clientId, clientSecret } = access.auth0;
  const { apiToken } = access.okta;
  const served = await Promise.all([
    servePlugin(auth0, { clientId, clientSecret }),
    servePlugin(okta, { apiToken }),
  ]);
  const standIn = standIns();
  const ports = served.map(({ name, port }) => `${name}:${String(port)}`).join(",");
  const environment = { ...standIn.environment, PULUMI_DEBUG_PROVIDERS: ports };
  return {
    providers: { ...standIn, environment },
    close() {
      for (const { server } of served) server.forceShutdown();
    },
  };
}

/** @param credentials that a plugin in a process of its own finds in its environment */
async function servePlugin<Api>(tables: Tables<Api>, credentials: PlainProperties) {
  const configure = (inputs: PlainProperties) => tables.configure({ ...inputs, ...credentials });
  // The process of the test outlives each engine.
  const engine = new EngineLink(() => undefined);
  return { name: tables.name, ...(await listen(service(providerOf({ ...tables, configure }), engine))) };
}

/** The stand-ins read once whom they trust, when they are loaded. */
async function tablesTrusting(file: string) {
  const before = process.env.SSL_CERT_FILE;
  process.env.SSL_CERT_FILE = file;
  const auth0 = await import("@ai-api-access/stand-in-providers/auth0/tables.ts");
  const okta = await import("@ai-api-access/stand-in-providers/okta/tables.ts");
  if (before === undefined) delete process.env.SSL_CERT_FILE;
  else process.env.SSL_CERT_FILE = before;
  return { auth0: auth0.tables, okta: okta.tables };
}
