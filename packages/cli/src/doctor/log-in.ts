import type { Vendor } from "@ai-api-access/resource-catalog";
import { auth0Client, oktaClient, TenantError, type TenantClient } from "@ai-api-access/tenant-clients";
import { LOOKING } from "../shared/tenants.ts";
import { ok, unchecked, wrong, type Check } from "./check.ts";
import type { Credentials } from "./checks/credentials.ts";
import { checkClock, checkReach } from "./checks/reach.ts";

/** The tenants as far as they could be got into. */
export interface LoggedIn {
  readonly checks: readonly Check[];
  readonly auth0: TenantClient | undefined;
  /** What the token of the Management API allows, if it says so. */
  readonly scopes: readonly string[] | undefined;
  readonly okta: TenantClient | undefined;
  /** Granted through OAuth for Okta; `undefined` with an API token. */
  readonly oktaScopes: readonly string[] | undefined;
  readonly asApiToken: boolean;
}

/** Whether both tenants answer and give a token; a tenant without credentials is not asked. */
export async function logIn(credentials: Credentials): Promise<LoggedIn> {
  const { auth0, okta } = credentials;
  const [people, machines] = await Promise.all([
    enter("auth0", auth0 && auth0Client(auth0, LOOKING)),
    enter("okta", okta && oktaClient(okta, LOOKING)),
  ]);
  const skews = {
    ...(people.skew !== undefined && { Auth0: people.skew }),
    ...(machines.skew !== undefined && { Okta: machines.skew }),
  };
  return {
    checks: [
      ...people.checks,
      ...machines.checks,
      ...(Object.keys(skews).length > 0
        ? checkClock(skews)
        : [unchecked("clock", "no tenant could be asked")]),
    ],
    auth0: people.client,
    scopes: people.scopes,
    okta: machines.client,
    oktaScopes: machines.scopes,
    asApiToken: okta?.credentials.kind === "token",
  };
}

interface Entered {
  readonly checks: readonly Check[];
  readonly client?: TenantClient;
  readonly scopes?: readonly string[] | undefined;
  readonly skew?: number | undefined;
}

async function enter(vendor: Vendor, client: TenantClient | undefined): Promise<Entered> {
  if (client === undefined) return { checks: [unchecked(vendor, "not before there are credentials")] };
  const { checks, reached, skew } = await checkReach(vendor, client);
  if (!reached) return { checks };
  try {
    const { scopes } = await client.grant();
    return { checks: [ok(vendor, `reached at ${client.origin}`)], client, scopes, skew };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { checks: [wrong(vendor, error.message, error.next)], skew };
  }
}
