/**
 * What an import leaves open. Some settings live in the providers alone, or are shown by the vendor only once: an import
 * cannot read them, and the next `up` would write what is there already. They go into the state as the program has
 * them. Everything else that differs is a real difference, and stays one.
 */
import { resourceTypes, type Readers } from "@ai-api-access/resource-catalog";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { cliOf, secretValues, StoredState, type StateResource } from "@ai-api-access/recovery";
import type { Step } from "./plan.ts";
import type { Change } from "../shared/stack/changes.ts";

type Adopted = Extract<Step, { kind: "adopt" }>;

/** What of an update is settings that no vendor reports, as the program has them. */
function unreportedIn({ op, type, properties, inputs }: Change): Readonly<Record<string, unknown>> {
  const unreported = op === "update" ? (resourceTypes.get(type)?.unreported ?? []) : [];
  const names = properties.filter((name) => unreported.includes(name) && inputs[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, inputs[name]]));
}

/**
 * Writes into the state what an import could not: protection as the program wants it, secrets that a vendor shows only
 * once, and settings of the provider.
 */
export async function recordUnreadable(
  stack: Stack,
  adopted: readonly Adopted[],
  changes: readonly Change[],
  readers: Readers,
): Promise<void> {
  const stored = await StoredState.read(cliOf(stack));
  const steps = new Map(adopted.map((step) => [step.resource.urn, step]));
  const unreported = new Map(changes.map((change) => [change.urn, unreportedIn(change)]));
  const resources = await Promise.all(
    stored.state.resources.map(async (resource): Promise<StateResource> => {
      const step = steps.get(resource.urn);
      return step === undefined
        ? resource
        : completed(resource, step, unreported.get(resource.urn) ?? {}, readers);
    }),
  );
  await stored.write({ ...stored.state, resources });
}

async function completed(
  resource: StateResource,
  { resource: declared, id }: Adopted,
  unreported: Readonly<Record<string, unknown>>,
  readers: Readers,
): Promise<StateResource> {
  const secrets = await resourceTypes.get(declared.type)?.secrets?.(id, declared.inputs, readers);
  return {
    ...resource,
    protect: declared.protect,
    ...(declared.retainOnDelete && { retainOnDelete: true }),
    inputs: { ...resource.inputs, ...unreported },
    outputs: { ...resource.outputs, ...unreported, ...secretValues(secrets ?? {}) },
  };
}
