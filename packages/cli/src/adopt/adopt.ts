/** Takes what the tenants hold already into a stack, without changing anything there. */
import { readersOf, type TenantClients } from "@ai-api-access/tenant-clients";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { cliOf, StoredState } from "@ai-api-access/recovery";
import { count } from "../shared/count.ts";
import type { CheckedStack } from "../shared/program/walk.ts";
import { importInto } from "./import.ts";
import { importFile } from "./import-file.ts";
import { planAdoption, type Step } from "./plan.ts";
import { changesAhead, type Change } from "../shared/stack/changes.ts";
import { describePlan, describeRest } from "./report.ts";
import { recordUnreadable } from "./record.ts";

export interface AdoptOptions {
  readonly stack: CheckedStack;
  /** The same stack, for the engine. */
  readonly engine: Stack;
  readonly tenants: TenantClients;
  /** Ids by logical name, for names that a tenant has more than once. */
  readonly chosen?: Readonly<Record<string, string>>;
  /** Shows the plan and ends. */
  readonly planOnly?: boolean;
  readonly say: (line: string) => void;
}

export interface Adoption {
  readonly steps: readonly Step[];
  /** What the next `up` would still do; `undefined` when nothing was imported. */
  readonly rest: readonly Change[] | undefined;
}

/**
 * Finds what the stack declares among what exists, imports it through the engine, and looks at what is left.
 *
 * @throws LookupError when the configuration names what the tenant does not have, TenantError when one cannot be read
 */
export async function adopt(options: AdoptOptions): Promise<Adoption> {
  const { stack, engine, tenants, chosen = {}, planOnly = false, say } = options;
  const readers = readersOf(tenants);
  const { state } = await StoredState.read(cliOf(engine));
  const steps = await planAdoption(stack, readers, {
    state: new Map(state.resources.map(({ urn, id }) => [urn, id])),
    chosen,
  });
  for (const line of describePlan(steps, stack.name)) say(line);
  const adopted = steps.filter((step) => step.kind === "adopt");
  const toChoose = steps.some(({ kind }) => kind === "choose");
  if (planOnly || adopted.length === 0 || toChoose) return { steps, rest: undefined };

  say(`Importing ${count(adopted.length, "resource")}.`);
  await importInto(engine, importFile(steps));
  await recordUnreadable(engine, adopted, await changesAhead(engine), readers);
  const rest = await changesAhead(engine);
  for (const line of describeRest(rest, stack.name)) say(line);
  return { steps, rest };
}
