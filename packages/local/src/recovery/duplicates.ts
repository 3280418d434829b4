/**
 * What a run made twice. A provider that loses the answer to a creation sends it again; where one name may be there
 * more than once (applications, authorization servers), the tenant then holds two, of which the state knows one.
 */
import { shortName } from "./names.ts";
import type { TenantClients } from "./clients.ts";
import { locators, type Inputs } from "./locate.ts";
import { isNew, type NewKeys } from "./marks.ts";

/** A resource that the state knows. */
export interface Known {
  readonly urn: string;
  readonly type: string;
  readonly id?: string | undefined;
  readonly inputs: Inputs;
}

/** Deletes the others of what was made twice since the marks; what is older belongs to somebody else. */
export async function removeDuplicates(
  resources: readonly Known[],
  newKeys: NewKeys,
  clients: TenantClients,
  say: (line: string) => void,
): Promise<void> {
  const known = new Set(resources.map(({ id }) => id));
  for (const { urn, type, id, inputs } of resources) {
    const locator = locators[type];
    if (locator?.remove === undefined || id === undefined || !isNew(id, newKeys)) continue;
    for (const other of await locator.find(inputs, clients)) {
      if (known.has(other.id) || !isNew(other.id, newKeys)) continue;
      await locator.remove(other.id, clients);
      say(`  - ${shortName(urn)} was made twice, an answer having been lost: ${other.id} was deleted`);
    }
  }
}
