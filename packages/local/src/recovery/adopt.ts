import type { Twin } from "../twin.ts";
import type { TenantClients } from "./clients.ts";
import { importCommand } from "./import-command.ts";
import { locators } from "./locate.ts";
import { isNew, type NewKeys } from "./marks.ts";
import { shortName } from "./names.ts";
import { plannedCreations } from "./planned.ts";
import { withAdopted } from "./state.ts";
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
  for (let round = 0; newKeys.size > 0 && round < MOST_ROUNDS; round++) {
    const before = stored.state;
    let state = before;
    for (const planned of await plannedCreations(twin)) {
      const locator = locators[planned.type];
      const found = (await locator?.find(planned.inputs, clients)) ?? [];
      const known = new Set(state.resources.map(({ id }) => id));
      const first = found.find(({ id }) => isNew(id, newKeys) && !known.has(id));
      if (first === undefined) continue;
      say(`  + ${shortName(planned.urn)} was created (${first.id}): taken into the state. On real tenants:`);
      say(`      ${importCommand(planned, first.id)}`);
      const once = await locator?.outputs?.(first.id, planned.inputs, clients);
      state = withAdopted(state, {
        ...planned,
        custom: true,
        id: first.id,
        outputs: { ...planned.inputs, ...once, id: first.id },
      });
      adopted.push(planned.urn);
    }
    if (state === before) break;
    await stored.write(state);
  }
  // What was adopted has its id and inputs so far; a read brings the rest of its outputs.
  if (adopted.length > 0)
    await twin.stack.refresh({ suppressOutputs: true, showSecrets: false, target: adopted });
}
