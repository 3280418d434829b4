import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { ManagementClient } from "auth0";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { Auth0Tenant } from "@ai-api-access/emulator-auth0";
import { makeTls } from "./tls.ts";

/** A local tenant, and what somebody with the vendor's own SDK needs to use it. */
export interface SdkTenant {
  readonly tenant: Auth0Tenant;
  /** The official SDK's client, given a domain, a client id and a secret and nothing else. */
  readonly client: ManagementClient;
  /** Another one, with an access token in place of the id and the secret. */
  clientWithToken(token: string): ManagementClient;
  close(): Promise<void>;
}

/**
 * Starts a tenant whose certificate this process trusts until the tenant is closed, as `NODE_EXTRA_CA_CERTS` makes
 * a process trust one from its start: the SDK itself is told nothing of it.
 */
export async function startSdkTenant(): Promise<SdkTenant> {
  const tls = await makeTls();
  const trusted = getCACertificates();
  setDefaultCACertificates([...trusted, tls.cert]);
  const tenant = await startAuth0Tenant({ file: ":memory:", tls });
  const { domain, management } = tenant;
  return {
    tenant,
    client: new ManagementClient({
      domain,
      clientId: management.clientId,
      clientSecret: management.clientSecret,
    }),
    clientWithToken: (token) => new ManagementClient({ domain, token }),
    async close() {
      await tenant.close();
      setDefaultCACertificates(trusted);
    },
  };
}

/** Everything that a list of the SDK gives, page by page to its end, and how many pages there were. */
export async function allPages<T>(first: Promise<Paged<T>>): Promise<{ items: T[]; pages: number }> {
  let page = await first;
  const items = [...page.data];
  let pages = 1;
  while (page.hasNextPage()) {
    page = await page.getNextPage();
    items.push(...page.data);
    pages += 1;
  }
  return { items, pages };
}

/** A page as the SDK gives it. */
interface Paged<T> {
  readonly data: T[];
  hasNextPage(): boolean;
  getNextPage(): Promise<this>;
}

/** Everything that a list of the SDK gives, by its iterator. */
export async function everyItem<T>(list: Promise<AsyncIterable<T>>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of await list) items.push(item);
  return items;
}
