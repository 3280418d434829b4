/** Everything that an Auth0 tenant is asked while something runs. */
import { setInterval, clearInterval } from "node:timers";
import type { Auth0Tenant } from "@ai-api-access/emulator-auth0";

export interface AuthRequest {
  readonly method: string;
  readonly path: string;
}

/** The log keeps the last 10,000: it is emptied more often than they come. */
const EVERY_MS = 200;

/** The requests in the order of their arrival, however many there are. */
export async function requestsDuring(
  tenant: Pick<Auth0Tenant, "requests" | "clearRequests">,
  work: () => Promise<unknown>,
): Promise<AuthRequest[]> {
  const all: AuthRequest[] = [];
  const drain = (): void => {
    for (const { method, path } of tenant.requests()) all.push({ method, path });
    tenant.clearRequests();
  };
  tenant.clearRequests();
  const timer = setInterval(drain, EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
    drain();
  }
  return all;
}

/** Whether a request is made for the people of an organization. */
export function isForMembers({ path }: AuthRequest): boolean {
  return /^\/api\/v2\/(?:organizations\/[^/]+\/members|users)/.test(path);
}
