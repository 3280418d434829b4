import { readFileSync } from "node:fs";
import { Agent, request, type Dispatcher } from "undici";
import type { TenantAccess } from "../tenants/access.ts";

/** Reads from one tenant: the answer's JSON, or `undefined` where the vendor says 404. */
export type Get = (path: string) => Promise<unknown>;

/** Read access to both tenants, with the local tokens. */
export interface TenantClients {
  readonly auth0: Get;
  readonly okta: Get;
  close(): Promise<void>;
}

export function tenantClients({ auth0, okta, caFile }: TenantAccess): TenantClients {
  const dispatcher = new Agent({ connect: { ca: readFileSync(caFile) } });
  return {
    auth0: reader(`${auth0.origin}/api/v2`, `Bearer ${auth0.apiToken}`, dispatcher),
    okta: reader(`${okta.origin}/api/v1`, `SSWS ${okta.apiToken}`, dispatcher),
    close: () => dispatcher.close(),
  };
}

function reader(base: string, authorization: string, dispatcher: Dispatcher): Get {
  return async (path) => {
    const { statusCode, body } = await request(`${base}${path}`, { dispatcher, headers: { authorization } });
    if (statusCode === 200) return body.json();
    await body.dump();
    if (statusCode === 404) return undefined;
    throw new Error(`GET ${base}${path} answered ${statusCode}.`);
  };
}
