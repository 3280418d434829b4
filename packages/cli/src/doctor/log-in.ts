import { auth0Grant, auth0Origin } from "../shared/tenants/auth0.ts";
import type { TenantApi } from "../shared/tenants/api.ts";
import { TenantError } from "../shared/tenants/http.ts";
import { oktaGrant } from "../shared/tenants/okta.ts";
import { auth0Api, oktaApi } from "../shared/tenants/open.ts";
import { ok, unchecked, wrong, type Check } from "./check.ts";
import type { Credentials } from "./checks/credentials.ts";
import { checkClock, checkReach, type Reach } from "./checks/reach.ts";

/** The tenants as far as they could be got into. */
export interface LoggedIn {
  readonly checks: readonly Check[];
  readonly auth0: TenantApi | undefined;
  /** What the token of the Management API allows, if it says so. */
  readonly scopes: readonly string[] | undefined;
  readonly okta: TenantApi | undefined;
  /** Granted through OAuth for Okta; `undefined` with an API token. */
  readonly oktaScopes: readonly string[] | undefined;
  readonly asApiToken: boolean;
}

/** Whether both tenants answer and give a token; a tenant without credentials is not asked. */
export async function logIn({ auth0, okta }: Credentials): Promise<LoggedIn> {
  const origins = { auth0: auth0 && auth0Origin(auth0), okta: okta?.origin };
  const [forAuth0, forOkta] = await Promise.all([reach("auth0", origins.auth0), reach("okta", origins.okta)]);
  const [person, machine] = await Promise.all([
    forAuth0.reached && auth0 ? grantOf("auth0", () => auth0Grant(auth0)) : undefined,
    forOkta.reached && okta ? grantOf("okta", () => oktaGrant(okta)) : undefined,
  ]);
  const skews = {
    ...(forAuth0.skew !== undefined && { Auth0: forAuth0.skew }),
    ...(forOkta.skew !== undefined && { Okta: forOkta.skew }),
  };
  const good = (vendor: "auth0" | "okta", origin: string | undefined) =>
    ok(vendor, `reached at ${origin ?? ""}`);
  return {
    checks: [
      ...forAuth0.checks,
      ...forOkta.checks,
      ...(person?.refused ?? []),
      ...(machine?.refused ?? []),
      ...(person?.grant ? [good("auth0", origins.auth0)] : []),
      ...(machine?.grant ? [good("okta", origins.okta)] : []),
      ...(Object.keys(skews).length > 0
        ? checkClock(skews)
        : [unchecked("clock", "no tenant could be asked")]),
    ],
    auth0: person?.grant && auth0Api(origins.auth0 ?? "", person.grant.token),
    scopes: person?.grant?.scopes,
    okta: machine?.grant && oktaApi(origins.okta ?? "", machine.grant.authorization),
    oktaScopes: machine?.grant?.scopes,
    asApiToken: okta?.credentials.kind === "token",
  };
}

function reach(vendor: "auth0" | "okta", origin: string | undefined): Promise<Reach> {
  if (origin !== undefined) return checkReach(vendor, origin);
  const check = unchecked(vendor, "not before there are credentials");
  return Promise.resolve({ checks: [check], reached: false });
}

const NEXT = {
  auth0:
    "check auth0:clientId and auth0:clientSecret, and that the application is authorized for the Auth0 Management API",
  okta: "check okta:clientId, okta:privateKey and okta:scopes",
};

async function grantOf<T>(
  vendor: "auth0" | "okta",
  ask: () => Promise<T>,
): Promise<{ readonly grant: T | undefined; readonly refused: readonly Check[] }> {
  try {
    return { grant: await ask(), refused: [] };
  } catch (error) {
    if (!(error instanceof TenantError)) throw error;
    return { grant: undefined, refused: [wrong(vendor, error.message, NEXT[vendor])] };
  }
}
