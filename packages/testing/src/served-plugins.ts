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

export interface PluginSettings {
  /** What each finds in its environment when it has a process of its own: `domain`, `clientId` and the like. */
  readonly auth0: PlainProperties;
  readonly okta: PlainProperties;
  /** PEM. Read once in a test file. */
  readonly caFile: string;
}

/** A pair for the stacks of one pair of tenants: each run configures it again. */
export async function servePlugins({ auth0, okta, caFile }: PluginSettings): Promise<ServedPlugins> {
  const tables = await tablesTrusting(caFile);
  const served = await Promise.all([servePlugin(tables.auth0, auth0), servePlugin(tables.okta, okta)]);
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

/** The settings of tenants that a twin is announced with. */
export function settingsFor({ auth0, okta, bundleFile }: TenantAccess): PluginSettings {
  const { clientId, clientSecret } = auth0;
  return { auth0: { clientId, clientSecret }, okta: { apiToken: okta.apiToken }, caFile: bundleFile };
}

async function servePlugin<Api>(tables: Tables<Api>, settings: PlainProperties) {
  const configure = (inputs: PlainProperties) => tables.configure({ ...settings, ...inputs });
  // The process of the test outlives each engine.
  const engine = new EngineLink(() => undefined);
  return { name: tables.name, ...(await listen(service(providerOf({ ...tables, configure }), engine))) };
}

/** The stand-ins read the certificates that they trust once, when they are loaded. */
async function tablesTrusting(file: string) {
  const before = process.env.SSL_CERT_FILE;
  process.env.SSL_CERT_FILE = file;
  const auth0 = await import("@ai-api-access/stand-in-providers/auth0/tables.ts");
  const okta = await import("@ai-api-access/stand-in-providers/okta/tables.ts");
  if (before === undefined) delete process.env.SSL_CERT_FILE;
  else process.env.SSL_CERT_FILE = before;
  return { auth0: auth0.tables, okta: okta.tables };
}
