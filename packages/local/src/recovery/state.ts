/** The stack's state as the engine exports it, as far as recovery reads and changes it. */
import { z } from "zod";

/** How the engine marks a secret in an export (`pulumi stack export --show-secrets`). */
const SECRET_SIGNATURE = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" } as const;

const resourceSchema = z.looseObject({
  urn: z.string(),
  type: z.string(),
  custom: z.boolean().default(false),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  parent: z.string().optional(),
  provider: z.string().optional(),
  delete: z.boolean().optional(),
  initErrors: z.array(z.string()).optional(),
  pendingReplacement: z.boolean().optional(),
  dependencies: z.array(z.string()).optional(),
  propertyDependencies: z.record(z.string(), z.array(z.string()).nullable()).optional(),
});

/** A state that was written before the first resource has none. */
export const stateSchema = z.looseObject({
  resources: z.array(resourceSchema).default([]),
  pending_operations: z.array(z.unknown()).default([]),
});

export type State = z.infer<typeof stateSchema>;
export type StateResource = z.infer<typeof resourceSchema>;

/** Secret values as an import takes them; the engine encrypts them before they are stored. */
export function secretValues(values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { ...SECRET_SIGNATURE, plaintext: JSON.stringify(value) },
    ]),
  );
}

/** What was under way and never answered is judged by what the tenants hold, so the note of it can go. */
export function withoutPending(state: State): State {
  return { ...state, pending_operations: [] };
}

/** The state without some resources, and without others' references to them. */
export function without(state: State, gone: ReadonlySet<StateResource>): State {
  const kept = state.resources.filter((resource) => !gone.has(resource));
  const urns = new Set(kept.map(({ urn }) => urn));
  const known = (list: readonly string[]): string[] => list.filter((urn) => urns.has(urn));
  return {
    ...state,
    resources: kept.map(({ dependencies, propertyDependencies, ...resource }) => ({
      ...resource,
      ...(dependencies === undefined ? {} : { dependencies: known(dependencies) }),
      ...(propertyDependencies === undefined
        ? {}
        : {
            propertyDependencies: Object.fromEntries(
              Object.entries(propertyDependencies).map(([property, list]) => [property, known(list ?? [])]),
            ),
          }),
    })),
  };
}

/** The state with a resource that the tenants hold already; an older one of its name is to be deleted. */
export function withAdopted(state: State, adopted: StateResource): State {
  const resources = state.resources
    .filter(({ urn, pendingReplacement }) => !(urn === adopted.urn && pendingReplacement === true))
    .map((resource) => (resource.urn === adopted.urn ? { ...resource, delete: true } : resource));
  return { ...state, resources: [...resources, adopted] };
}
