/** The requests that reached the tenants, counted. */
import type { ServedTenants } from "@ai-api-access/local/tenants/serve.ts";

export interface Calls {
  readonly auth0: VendorCalls;
  readonly okta: VendorCalls;
}

interface VendorCalls {
  /** Requests that only read. */
  readonly get: number;
  /** All others. Auth0's token request (`POST /oauth/token`) is one of them. */
  readonly other: number;
}

/** Everything that reaches a pair of tenants while `work` runs. */
export async function countCalls(tenants: ServedTenants, work: () => Promise<unknown>): Promise<Calls> {
  tenants.auth0.clearRequests();
  tenants.okta.clearRequests();
  await work();
  return { auth0: countOf(tenants.auth0.requests()), okta: countOf(tenants.okta.requests()) };
}

function countOf(requests: readonly { readonly method: string }[]): VendorCalls {
  const get = requests.filter(({ method }) => method === "GET").length;
  return { get, other: requests.length - get };
}

export function total({ auth0, okta }: Calls): number {
  return auth0.get + auth0.other + okta.get + okta.other;
}

/** The columns of a table for {@link callCells}. */
export const CALL_COLUMNS = ["Auth0 GET", "Auth0 other", "Okta GET", "Okta other", "total"] as const;

export function callCells(calls: Calls): string[] {
  const { auth0, okta } = calls;
  return [auth0.get, auth0.other, okta.get, okta.other, total(calls)].map(String);
}
