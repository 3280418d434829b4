import {
  findExisting,
  importCommand,
  parseUrn,
  resourceTypes,
  shortName,
} from "@ai-api-access/resource-catalog";
import { adopted, withAdopted, type StoredState } from "@ai-api-access/recovery";
import { readersOf, type TenantClients } from "@ai-api-access/tenant-clients";
import type { Twin } from "../twin.ts";
import { isNew, type NewKeys } from "./marks.ts";
import { plannedCreations } from "./planned.ts";

/** An organization, then its link; a server, its policy, the policy's rule: each round reveals the next ids. */
const MOST_ROUNDS = 6;

/**
 * Takes into the state what the next `up` would create and the tenants hold already. Of what is there more than once
 * the first is taken: all are of the same making. So far it has its id and inputs; a read brings the rest.
 *
 * @returns the URNs of what was taken in
 */
export async function adoptWhatExists(
  twin: Twin,
  stored: StoredState,
  newKeys: NewKeys,
  clients: TenantClients,
  say: (line: string) => void,
): Promise<string[]> {
  const urns: string[] = [];
  const readers = readersOf(clients);
  for (let round = 0; newKeys.size > 0 && round < MOST_ROUNDS; round++) {
    const before = stored.state;
    let state = before;
    for (const planned of await plannedCreations(twin)) {
      const { urn, inputs, parent } = planned;
      const type = resourceTypes.get(planned.type);
      // What can be sent again without harm is left to the next `up`.
      if (type === undefined || type.secondCreation === "harmless") continue;
      const known = new Set(state.resources.map(({ id }) => id));
      const found = await findExisting(type, inputs, readers);
      const first = found.find(({ id }) => isNew(id, newKeys) && !known.has(id));
      if (first === undefined) continue;
      const { id, importId } = first;
      const { name } = parseUrn(urn);
      say(
        `  + ${shortName({ type: type.token, name })} was created (${id}): taken into the state. On real tenants:`,
      );
      say(`      ${importCommand({ type, name, importId, parent })}`);
      state = withAdopted(state, await adopted({ ...planned, custom: true, outputs: {} }, id, readers));
      urns.push(planned.urn);
    }
    if (state === before) break;
    await stored.write(state);
  }
  return urns;
}
