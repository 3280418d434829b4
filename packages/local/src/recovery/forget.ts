import { isThere, parseUrn, resourceTypes, shortName } from "@ai-api-access/resource-catalog";
import { readersOf, type TenantClients } from "@ai-api-access/tenant-clients";
import { without, withoutPending } from "./state.ts";
import type { StoredState } from "./stored.ts";

/** Takes out of the state what the tenants no longer hold, and what the engine noted as under way. */
export async function forgetWhatIsGone(
  stored: StoredState,
  clients: TenantClients,
  say: (line: string) => void,
): Promise<void> {
  const before = stored.state;
  const checked = await Promise.all(
    before.resources.map(async (resource) => {
      const { id, inputs } = resource;
      const type = resourceTypes.get(resource.type);
      // What cannot be asked for is taken to be there.
      const there = type && id !== undefined ? await isThere(type, id, inputs, readersOf(clients)) : true;
      return { resource, gone: there === false };
    }),
  );
  const gone = checked.filter((one) => one.gone).map(({ resource }) => resource);
  for (const { urn } of gone) say(`  - ${shortName(parseUrn(urn))} was deleted: taken out of the state`);
  if (gone.length === 0 && before.pending_operations.length === 0) return;
  await stored.write(without(withoutPending(before), new Set(gone)));
}
