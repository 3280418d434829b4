import { readFileSync } from "node:fs";
import { Agent, request, RetryAgent, type Dispatcher } from "undici";
import type { TenantAccess } from "../tenants/access.ts";

/** Reads from one tenant: the answer's JSON, or `undefined` where the vendor says 404. */
export type Get = (path: string) => Promise<unknown>;

/** Readers of both tenants; a path begins below `/api/v2` and `/api/v1`. */
export interface TenantReaders {
  readonly auth0: Get;
  readonly okta: Get;
}

/** Both tenants, with the local tokens. */
export interface TenantClients extends TenantReaders {
  /** A request without a body, such as a deletion. */
  send(vendor: "auth0" | "okta", method: "POST" | "DELETE", path: string): Promise<void>;
  close(): Promise<void>;
}

export function tenantClients({ auth0, okta, caFile }: TenantAccess): TenantClients {
  // Tenants may have been told to limit requests or to fail some; nobody wants to hear of it from recovery.
  const dispatcher = new RetryAgent(new Agent({ connect: { ca: readFileSync(caFile) } }), {
    methods: ["GET", "POST", "DELETE"],
    maxRetries: 8,
    maxTimeout: 5_000,
  });
  const apis = {
    auth0: { base: `${auth0.origin}/api/v2`, headers: { authorization: `Bearer ${auth0.apiToken}` } },
    okta: { base: `${okta.origin}/api/v1`, headers: { authorization: `SSWS ${okta.apiToken}` } },
  };
  return {
    auth0: reader(apis.auth0, dispatcher),
    okta: reader(apis.okta, dispatcher),
    async send(vendor, method, path) {
      const { base, headers } = apis[vendor];
      const { statusCode, body } = await request(`${base}${path}`, { dispatcher, method, headers });
      await body.dump();
      if (statusCode >= 400) throw new Error(`${method} ${base}${path} answered ${statusCode}.`);
    },
    close: () => dispatcher.close(),
  };
}

interface Api {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
}

function reader({ base, headers }: Api, dispatcher: Dispatcher): Get {
  return async (path) => {
    const { statusCode, body } = await request(`${base}${path}`, { dispatcher, headers });
    if (statusCode === 200) return body.json();
    await body.dump();
    if (statusCode === 404) return undefined;
    throw new Error(`GET ${base}${path} answered ${statusCode}.`);
  };
}
