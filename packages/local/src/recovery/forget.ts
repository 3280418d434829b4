import type { TenantClients } from "./clients.ts";
import { locators } from "./locate.ts";
import { shortName } from "./names.ts";
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
      const { type, id, inputs } = resource;
      const locator = locators[type];
      const there = locator === undefined || id === undefined || (await locator.exists(id, inputs, clients));
      return { resource, there };
    }),
  );
  const gone = checked.filter(({ there }) => !there).map(({ resource }) => resource);
  for (const { urn } of gone) say(`  - ${shortName(urn)} was deleted: taken out of the state`);
  if (gone.length === 0 && before.pending_operations.length === 0) return;
  await stored.write(without(withoutPending(before), new Set(gone)));
}
