/**
 * After a run that was cut short (Ctrl-C, a kill, a lost connection) state and tenants may differ: what the
 * tenants made but nobody noted would meet a conflict, or be made twice. Recovery brings them together again.
 */
import { CommandError } from "@pulumi/pulumi/automation/index.js";
import {
  changesState,
  CliError,
  cliOf,
  describeSteps,
  planRecovery,
  recovered,
  StoredState,
  toRead,
} from "@ai-api-access/recovery";
import { readersOf } from "@ai-api-access/tenant-clients";
import type { TenantAccess } from "../tenants/access.ts";
import type { Twin } from "../twin.ts";
import { adoptWhatExists } from "./adopt.ts";
import { tenantClients } from "./clients.ts";
import { removeDuplicates } from "./duplicates.ts";
import { isNew, type UnfinishedChange } from "./marks.ts";

export interface RecoveryOptions {
  readonly twin: Twin;
  readonly unfinished: UnfinishedChange;
  readonly access: TenantAccess;
  readonly say: (line: string) => void;
}

/**
 * Frees the lock of a killed engine, forgets what the tenants no longer hold, adopts what they hold already, deletes
 * what was made twice, and reads what was made and not read.
 *
 * Only what was made since the run that was cut short began is touched: an object of the same name that was there
 * before belongs to somebody else, and `up` will meet the vendor's conflict, as it should.
 */
export async function recover({ twin, unfinished, access, say }: RecoveryOptions): Promise<void> {
  say("The last run did not end well. Comparing the state with the tenants.");
  const clients = tenantClients(access);
  try {
    await twin.stack.cancel();
    const newKeys = await unfinished.newKeys();
    const stored = await StoredState.read(cliOf(twin.stack));
    const plan = await planRecovery(
      stored.state,
      readersOf(clients),
      (_name, found) => found.find(({ id }) => isNew(id, newKeys)) ?? "none",
    );
    describeSteps(plan).forEach(say);
    if (changesState(plan)) await stored.write(recovered(stored.state, plan));
    const adopted = await adoptWhatExists(twin, stored, newKeys, clients, say);
    await removeDuplicates(stored.state.resources, newKeys, clients, say);
    const target = [...toRead(plan), ...adopted];
    if (target.length > 0) await twin.stack.refresh({ suppressOutputs: true, showSecrets: false, target });
    unfinished.end();
  } catch (error) {
    if (!(error instanceof CommandError || error instanceof CliError)) throw error;
    // Most often the program fails for a reason of its own, which the command that follows reports.
    say("  The engine did not get through with it; it is tried again next time.");
  }
}
