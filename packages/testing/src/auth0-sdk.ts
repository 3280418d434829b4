import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, beforeAll } from "@jest/globals";
import { ManagementClient } from "auth0";
import { startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { Auth0Tenant } from "@ai-api-access/emulator-auth0";
import { testTls } from "./tls.ts";

/**
 * Starts one tenant for the tests of a file, for somebody with the vendor's own SDK. Its certificate is trusted by this
 * process while it runs, as `NODE_EXTRA_CA_CERTS` makes a process trust one: the SDK itself knows nothing of it.
 *
 * @param setUp gets the official client, given a domain, a client id and a secret and nothing else
 * @returns gives the tenant, once it has started
 */
export function shareSdkTenant(setUp: (client: ManagementClient) => Promise<void> | void): () => Auth0Tenant {
  const trusted = getCACertificates();
  let started: Auth0Tenant | undefined;
  const tenant = (): Auth0Tenant => {
    if (started === undefined) throw new Error("The tenant starts before the first test.");
    return started;
  };
  beforeAll(async () => {
    const tls = testTls();
    setDefaultCACertificates([...trusted, tls.cert]);
    let now = 0;
    // No two moments are the same, so that an order by time is one order.
    const clock = () => (now = Math.max(now + 1, Date.now()));
    started = await startAuth0Tenant({ file: ":memory:", tls, clock });
    const { domain, management } = started;
    const { clientId, clientSecret } = management;
    await setUp(new ManagementClient({ domain, clientId, clientSecret }));
  });
  afterAll(async () => {
    await tenant().close();
    setDefaultCACertificates(trusted);
  });
  return tenant;
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
