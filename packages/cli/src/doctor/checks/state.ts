/** Whether the last run of the stack ended in order, and the tenants still have what the state says. */
import { parseUrn, shortName } from "@ai-api-access/resource-catalog";
import type { Gone, State } from "@ai-api-access/recovery";
import { count } from "../../shared/count.ts";
import type { Lock } from "../../shared/stack/backend.ts";
import { ok, unchecked, wrong, type Check } from "../check.ts";

const SUBJECT = "state";

/** What is kept of a stack that exists. */
export interface StoredStack {
  readonly state: State;
  readonly locks: readonly Lock[];
}

/** @param found what is gone from the tenants; `undefined` when one cannot be asked */
export function checkState({ state, locks }: StoredStack, found: Gone | undefined, stack: string): Check[] {
  const recover = `npx ai-api-access recover --stack ${stack}`;
  const { resources, pending_operations: pending } = state;
  const { gone, unread } = found ?? { gone: [], unread: [] };
  const wrongs = [
    ...locks.map((lock) => checkLock(lock, recover)),
    ...pending.map(({ type, resource: { urn } }) =>
      wrong(SUBJECT, `${shortName(parseUrn(urn))}: a run was cut short while ${type} it`, recover),
    ),
    ...gone.map(({ urn, id = "" }) =>
      wrong(SUBJECT, `${shortName(parseUrn(urn))} (${id}) was deleted in the tenant`, recover),
    ),
  ];
  const reasons = found ? unread.map(({ reason }) => reason) : ["not before both tenants can be asked"];
  const open = [...new Set(reasons)].map((reason) => unchecked(SUBJECT, reason));
  if (wrongs.length + open.length > 0) return [...wrongs, ...open];
  const all = resources.filter(({ custom }) => custom).length;
  return [ok(SUBJECT, `nothing was under way, and nothing of its ${count(all, "resource")} is gone`)];
}

function checkLock({ holder, process }: Lock, recover: string): Check {
  const found = `locked by ${holder}`;
  switch (process) {
    case "alive":
      return wrong(SUBJECT, `${found}, which is at work`, "wait for it to end");
    case "gone":
      return wrong(SUBJECT, `${found}, which is gone`, recover);
    case "elsewhere":
      return wrong(SUBJECT, found, `wait for it to end, or if it is gone: ${recover}`);
  }
}
