/**
 * After a run that was cut short (Ctrl-C, a kill, a lost connection) state and tenants may differ: what the
 * tenants made but nobody noted would meet a conflict, or be made twice. Recovery brings them together again.
 */
import { CommandError } from "@pulumi/pulumi/automation/index.js";
import type { TenantAccess } from "../tenants/access.ts";
import type { Twin } from "../twin.ts";
import { tenantClients, type TenantClients } from "./clients.ts";
import { locators } from "./locate.ts";
import { isNew, type NewKeys, type UnfinishedChange } from "./marks.ts";
import { plannedCreations } from "./planned.ts";
import { stateSchema, withAdopted, without, withoutPending } from "./state.ts";

export interface RecoveryOptions {
  readonly twin: Twin;
  readonly unfinished: UnfinishedChange;
  readonly access: TenantAccess;
  readonly say: (line: string) => void;
}

/** An organization, then its link; a server, its policy, the policy's rule: each round reveals the next ids. */
const MOST_ROUNDS = 6;

/**
 * Frees the lock of a killed engine, forgets what the tenants no longer hold, and adopts what they hold already.
 *
 * Only what was made since the run that was cut short began is adopted: an object of the same name that was
 * there before belongs to somebody else, and `up` will meet the vendor's conflict, as it should.
 */
export async function recover({ twin, unfinished, access, say }: RecoveryOptions): Promise<void> {
  say("The last run did not end well. Comparing the state with the tenants.");
  const clients = tenantClients(access);
  try {
    await twin.stack.cancel();
    await forgetWhatIsGone(twin, clients, say);
    const adopted = await adoptWhatExists(twin, clients, await unfinished.newKeys(), say);
    // What was adopted has its id and inputs so far; a read brings the rest of its outputs.
    if (adopted.length > 0) await twin.stack.refresh({ suppressOutputs: true, target: adopted });
    unfinished.end();
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    // Most often the program fails for a reason of its own, which the command that follows tells.
    say("  The engine did not get through with it; it is tried again next time.");
  } finally {
    await clients.close();
  }
}

async function forgetWhatIsGone(
  twin: Twin,
  clients: TenantClients,
  say: RecoveryOptions["say"],
): Promise<void> {
  const exported = await twin.stack.exportStack();
  const before = stateSchema.parse(exported.deployment ?? {});
  const state = withoutPending(before);
  const checked = await Promise.all(
    state.resources.map(async (resource) => {
      const { type, id, inputs } = resource;
      const locator = locators[type];
      const there = locator === undefined || id === undefined || (await locator.exists(id, inputs, clients));
      return { resource, there };
    }),
  );
  const gone = checked.filter(({ there }) => !there).map(({ resource }) => resource);
  for (const { urn } of gone) say(`  - ${shortName(urn)} was deleted: taken out of the state`);
  if (gone.length === 0 && before.pending_operations.length === 0) return;
  await twin.stack.importStack({ ...exported, deployment: without(state, new Set(gone)) });
}

async function adoptWhatExists(
  twin: Twin,
  clients: TenantClients,
  newKeys: NewKeys,
  say: RecoveryOptions["say"],
): Promise<string[]> {
  const adopted: string[] = [];
  for (let round = 0; newKeys.size > 0 && round < MOST_ROUNDS; round++) {
    const exported = await twin.stack.exportStack();
    let state = stateSchema.parse(exported.deployment ?? {});
    const before = adopted.length;
    for (const planned of await plannedCreations(twin)) {
      const found = (await locators[planned.type]?.find(planned.inputs, clients)) ?? [];
      const candidates = found.filter(
        ({ id }) => isNew(id, newKeys) && !state.resources.some((known) => known.id === id),
      );
      const [only] = candidates;
      if (only === undefined) continue;
      if (candidates.length > 1) {
        say(
          `  ? ${shortName(planned.urn)} exists ${candidates.length} times (${candidates.map(({ id }) => id).join(", ")}). ` +
            "Delete the ones you do not want, or begin anew with `npm run local -- reset`.",
        );
        continue;
      }
      say(`  + ${shortName(planned.urn)} was created (${only.id}): taken into the state`);
      state = withAdopted(state, {
        ...planned,
        custom: true,
        id: only.id,
        outputs: { ...planned.inputs, ...only.outputs, id: only.id },
      });
      adopted.push(planned.urn);
    }
    if (adopted.length === before) break;
    await twin.stack.importStack({ ...exported, deployment: state });
  }
  return adopted;
}

/** `OAuth app` from `urn:pulumi:local::…$okta:app/oAuth:OAuth::app`. */
function shortName(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
