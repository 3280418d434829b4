/**
 * How many requests the providers make to create a resource: the write, and the reads that follow it. Counted in the
 * tenants' logs of a first `up`; `test/commands/doctor-needs.test.ts` counts them again.
 */
const ONE_WRITE_ONE_READ = 2;

/** By resource type, where it is not the usual. */
const BY_TYPE: Readonly<Partial<Record<string, number>>> = {
  "auth0:index/connectionClient:ConnectionClient": 3,
  "auth0:index/resourceServerScopes:ResourceServerScopes": 3,
  // A list that goes on from checkpoints ends with an empty page; large organizations have more of them.
  "auth0:index/organizationMember:OrganizationMember": 3,
  "okta:app/oAuth:OAuth": 5,
};

/** What comes once a run. */
const ONCE = { auth0: 1, okta: 2 };

export interface Requests {
  readonly auth0: number;
  readonly okta: number;
}

/** What a run creates, and what it looks up. */
interface Ahead {
  readonly registrations: readonly {
    readonly urn: string;
    readonly type: string;
    readonly custom: boolean;
  }[];
  /** How often a function of a provider is called. */
  readonly calls: number;
}

/** The requests of the next `up`, when it creates everything that is not in the state. */
export function requestsAhead(
  { registrations, calls }: Ahead,
  state: ReadonlyMap<string, unknown>,
): Requests {
  const types = registrations.flatMap(({ urn, type, custom }) => (custom && !state.has(urn) ? [type] : []));
  const sum = (vendor: "auth0" | "okta"): number =>
    types
      .filter((type) => type.startsWith(`${vendor}:`))
      .reduce((total, type) => total + (BY_TYPE[type] ?? ONE_WRITE_ONE_READ), ONCE[vendor]);
  return { auth0: sum("auth0") + calls, okta: sum("okta") };
}
