/** The vendors' limits that this stack may meet: how much of a thing there may be, and how often they may be asked. */
import { auth0Types, parseUrn } from "@ai-api-access/resource-catalog";
import type { TenantClient } from "@ai-api-access/tenant-clients";
import { z } from "zod";
import type { StackConfig } from "@ai-api-access/local/program.ts";
import { count } from "../../shared/count.ts";
import { logicalName, type Organization } from "../../shared/organization.ts";
import { ok, wrong, type Check } from "../check.ts";
import { idOf, type Inspection } from "../inspect.ts";
import { requestsAhead } from "../requests.ts";

const SUBJECT = "limits";

const { organizationConnection, organizationMemberRole } = auth0Types;
const MOST_CONNECTIONS = organizationConnection.limit ?? Infinity;
const MOST_ROLES = organizationMemberRole.limit ?? Infinity;

type State = ReadonlyMap<string, string | undefined>;

/** What each organization has already, and what comes on top. */
export async function checkEntityLimits(
  { organizations }: StackConfig,
  inspection: Inspection,
  state: State,
  auth0: TenantClient,
): Promise<Check[]> {
  const all = await Promise.all(
    organizations.map((organization) => entitiesOf(organization, inspection, state, auth0)),
  );
  const checks = all.flatMap((one) => one.checks);
  if (checks.length > 0) return checks;
  const most = Math.max(...all.map(({ connections }) => connections));
  const each = organizations.length === 1 ? "" : " an organization";
  return [
    ok(
      SUBJECT,
      `${count(most, "connection")} of ${String(MOST_CONNECTIONS)}${each}, at most ${String(MOST_ROLES)} roles a member`,
    ),
  ];
}

async function entitiesOf(
  organization: Organization,
  inspection: Inspection,
  state: State,
  auth0: TenantClient,
): Promise<{ readonly connections: number; readonly checks: readonly Check[] }> {
  const id = idOf(inspection, organization, state);
  const added = ({ token }: { readonly token: string }, part: "organization" | "members") =>
    inspection.registrations.filter(
      ({ type, urn, parent = "" }) =>
        type === token && !state.has(urn) && parseUrn(parent).name === logicalName(organization, part),
    );
  const whose = organization.file === undefined ? "the organization" : `organization ${organization.name}`;

  const there = id === undefined ? 0 : await lengthOf(auth0, `/organizations/${id}/enabled_connections`);
  const connections = there + added(organizationConnection, "organization").length;
  const checks: Check[] = [];
  if (connections > MOST_CONNECTIONS) {
    checks.push(
      wrong(
        SUBJECT,
        `${whose} would have ${count(connections, "connection")}; Auth0 allows ${String(MOST_CONNECTIONS)}`,
        "take one out (Organizations > Connections)",
      ),
    );
  }
  const newRoles = Map.groupBy(added(organizationMemberRole, "members"), ({ inputs }) =>
    String(inputs.userId),
  );
  for (const [user, roles] of newRoles) {
    const path = `/organizations/${id ?? ""}/members/${encodeURIComponent(user)}/roles?per_page=100`;
    const had = id === undefined ? 0 : await lengthOf(auth0, path);
    if (had + roles.length <= MOST_ROLES) continue;
    checks.push(
      wrong(
        SUBJECT,
        `${user} would have ${count(had + roles.length, "role")} in ${whose}; Auth0 allows ${String(MOST_ROLES)}`,
        "put permissions together in fewer roles",
      ),
    );
  }
  return { connections, checks };
}

/** How long a list is; 0 where it cannot be read. */
async function lengthOf(auth0: TenantClient, path: string): Promise<number> {
  const { status, body } = await auth0.get(path);
  return status === 200 ? z.array(z.unknown()).parse(body).length : 0;
}

/** What the vendors say of how often they may be asked; `undefined` where they say nothing. */
export interface Allowance {
  /** `X-RateLimit-Limit` of the Management API: how many requests may come at once. */
  readonly auth0: number | undefined;
  /** `X-Rate-Limit-Limit` of Okta: requests a minute. */
  readonly okta: number | undefined;
}

export async function readAllowance({
  auth0,
  okta,
}: {
  readonly auth0: TenantClient | undefined;
  readonly okta: TenantClient | undefined;
}): Promise<Allowance> {
  const header = async (api: TenantClient | undefined, path: string, name: string) => {
    const text = api && (await api.get(path)).headers.get(name);
    return text === null || text === undefined ? undefined : Number(text);
  };
  return {
    auth0: await header(auth0, "/connections?per_page=1", "x-ratelimit-limit"),
    okta: await header(okta, "/apps?limit=1", "x-rate-limit-limit"),
  };
}

/** Auth0 docs, "Rate Limit Configurations": what may come at once, and how many a second after that. */
const AUTH0_PLANS = [
  { atOnce: 2, aSecond: 2 },
  { atOnce: 50, aSecond: 16 },
];

/** The requests of the `up` ahead, and how long the limits alone would make it take. */
export function estimateUp(inspection: Inspection, state: State, allowance: Allowance): Check {
  const requests = requestsAhead(inspection, state);
  const plan = AUTH0_PLANS.findLast(({ atOnce }) => atOnce <= (allowance.auth0 ?? 0));
  const forAuth0 = plan === undefined ? 0 : Math.max(0, requests.auth0 - plan.atOnce) / plan.aSecond;
  const forOkta =
    allowance.okta === undefined ? 0 : Math.floor(Math.max(0, requests.okta - 1) / allowance.okta) * 60;
  const seconds = Math.ceil(Math.max(forAuth0, forOkta));
  const rates = [
    ...(allowance.auth0 === undefined ? [] : [`Auth0 takes ${String(allowance.auth0)} at once`]),
    ...(allowance.okta === undefined ? [] : [`Okta ${String(allowance.okta)} a minute`]),
  ];
  const time =
    rates.length === 0
      ? "the tenants tell of no rate limit"
      : `${rates.join(", ")}: the limits alone make it ${seconds === 0 ? "no longer" : `${String(seconds)} s`}`;
  return ok(
    SUBJECT,
    `the next up sends about ${String(requests.auth0)} requests to Auth0 and ${String(requests.okta)} to Okta; ${time}`,
  );
}
