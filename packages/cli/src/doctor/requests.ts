/** How many requests an `up` makes. */
import { resourceTypes, type Vendor } from "@ai-api-access/resource-catalog";

/** To create a resource, where the catalog says nothing else: the write, and a read after it. */
const A_WRITE_AND_A_READ = 2;

/** What comes once a run: Auth0's token; Okta's provider asks twice who it is. */
const ONCE = { auth0: 1, okta: 2 };

export type Requests = Readonly<Record<Vendor, number>>;

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
  const sum = (vendor: Vendor): number =>
    types
      .filter((type) => type.startsWith(`${vendor}:`))
      .reduce(
        (total, type) => total + (resourceTypes.get(type)?.requests ?? A_WRITE_AND_A_READ),
        ONCE[vendor],
      );
  return { auth0: sum("auth0") + calls, okta: sum("okta") };
}
