import {
  findExisting,
  importCommand,
  parseUrn,
  resourceTypes,
  shortName,
} from "@ai-api-access/resource-catalog";
import { readersOf, type TenantClients } from "@ai-api-access/tenant-clients";
import type { Twin } from "../twin.ts";
import { isNew, type NewKeys } from "./marks.ts";
import { plannedCreations } from "./planned.ts";
import { secretValues, withAdopted } from "./state.ts";
import type { StoredState } from "./stored.ts";

/** An organization, then its link; a server, its policy, the policy's rule: each round reveals the next ids. */
const MOST_ROUNDS = 6;

/**
 * Takes into the state what the next `up` would create and the tenants hold already. Of what is there more than once
 * the first is taken: all are of the same making.
 */
export async function adoptWhatExists(
  twin: Twin,
  stored: StoredState,
  newKeys: NewKeys,
  clients: TenantClients,
  say: (line: string) => void,
): Promise<void> {
  const adopted: string[] = [];
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
      const secrets = secretValues((await type.secrets?.(id, inputs, readers)) ?? {});
      state = withAdopted(state, { ...planned, custom: true, id, outputs: { ...inputs, ...secrets, id } });
      adopted.push(planned.urn);
    }
    if (state === before) break;
    await stored.write(state);
  }
  // What was adopted has its id and inputs so far; a read brings the rest of its outputs.
  if (adopted.length > 0)
    await twin.stack.refresh({ suppressOutputs: true, showSecrets: false, target: adopted });
}
