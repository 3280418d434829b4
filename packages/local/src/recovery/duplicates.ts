/**
 * What a run made twice. A provider that loses the answer to a creation sends it again; where one name may be there
 * more than once (applications, authorization servers), the tenant then holds two, of which the state knows one.
 */
import {
  expandPath,
  findExisting,
  parseUrn,
  resourceTypes,
  shortName,
  type Inputs,
} from "@ai-api-access/resource-catalog";
import { readersOf, type TenantClients } from "@ai-api-access/tenant-clients";
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
  for (const { urn, type: token, id, inputs } of resources) {
    const type = resourceTypes.get(token);
    if (type?.remove === undefined || id === undefined || !isNew(id, newKeys)) continue;
    for (const other of await findExisting(type, inputs, readersOf(clients))) {
      if (known.has(other.id) || !isNew(other.id, newKeys)) continue;
      for (const [method, path] of type.remove) {
        await clients[type.vendor].send(method, expandPath(path, { id: other.id }) ?? path);
      }
      const name = shortName(parseUrn(urn));
      say(`  - ${name} was made twice, an answer having been lost: ${other.id} was deleted`);
    }
  }
}
