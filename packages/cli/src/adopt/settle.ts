/**
 * What an import leaves open. Some settings live in the providers alone, or are told by the vendor only once: an import
 * cannot read them, and the next `up` would write what is there already. They go into the state as the program has
 * them. Everything else that differs is a real difference, and stays one.
 */
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { locators } from "@ai-api-access/local/recovery/locate.ts";
import type { State, StateResource } from "@ai-api-access/local/recovery/state.ts";
import { StoredState } from "@ai-api-access/local/recovery/stored.ts";
import type { TenantReaders } from "@ai-api-access/local/recovery/clients.ts";
import type { Step } from "./plan.ts";
import type { Change } from "./preview.ts";

/** By type, the settings that no vendor tells: how the provider behaves, not how the resource is. */
const UNTOLD: Readonly<Partial<Record<string, readonly string[]>>> = {
  "okta:app/oAuth:OAuth": [
    "omitSecret",
    "skipAuthenticationPolicy",
    "skipGroups",
    "skipUsers",
    "pkceRequired",
    "autoKeyRotation",
    "authenticationPolicy",
    "refreshTokenLeeway",
    "refreshTokenRotation",
    "clientSecret",
  ],
  "okta:auth/server:Server": ["status"],
  "okta:auth/serverScope:ServerScope": ["optional"],
};

type Adopted = Extract<Step, { kind: "adopt" }>;

/** What of an update is settings that no vendor tells, as the program has them. */
function untoldOf({ op, type, properties, inputs }: Change): Readonly<Record<string, unknown>> {
  const untold = op === "update" ? (UNTOLD[type] ?? []) : [];
  return Object.fromEntries(
    properties.flatMap((name) =>
      untold.includes(name) && inputs[name] !== undefined ? [[name, inputs[name]]] : [],
    ),
  );
}

/**
 * Writes into the state what an import could not: protection as the program wants it, values that a vendor tells only
 * once, and settings of the provider.
 */
export async function settle(
  stack: Stack,
  adopted: readonly Adopted[],
  changes: readonly Change[],
  tenants: TenantReaders,
): Promise<void> {
  const stored = await StoredState.read(stack);
  const steps = new Map(adopted.map((step) => [step.resource.urn, step]));
  const untold = new Map(changes.map((change) => [change.urn, untoldOf(change)]));
  const resources = await Promise.all(
    stored.state.resources.map(async (resource): Promise<StateResource> => {
      const step = steps.get(resource.urn);
      return step === undefined ? resource : settled(resource, step, untold.get(resource.urn) ?? {}, tenants);
    }),
  );
  const state: State = { ...stored.state, resources };
  await stored.write(state);
}

async function settled(
  resource: StateResource,
  { resource: declared, id }: Adopted,
  untold: Readonly<Record<string, unknown>>,
  tenants: TenantReaders,
): Promise<StateResource> {
  const once = await locators[declared.type]?.outputs?.(id, declared.inputs, tenants);
  return {
    ...resource,
    protect: declared.protect,
    ...(declared.retainOnDelete && { retainOnDelete: true }),
    inputs: { ...resource.inputs, ...untold },
    outputs: { ...resource.outputs, ...untold, ...once },
  };
}
