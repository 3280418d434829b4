/** The stack's state as the engine exports it, as far as recovery reads and changes it. */
import { z } from "zod";

/** How the engine marks a secret in an export. */
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
  deletedWith: z.string().optional(),
  replaceWith: z.array(z.string()).optional(),
});

/** What the engine had begun and no answer ended: `creating`, `updating`, `deleting`, … */
const operationSchema = z.looseObject({ type: z.string(), resource: resourceSchema });

/** A state that was written before the first resource has none. */
export const stateSchema = z.looseObject({
  resources: z
    .array(resourceSchema)
    .nullish()
    .transform((list) => list ?? []),
  pending_operations: z
    .array(operationSchema)
    .nullish()
    .transform((list) => list ?? []),
});

export type State = z.infer<typeof stateSchema>;
export type StateResource = z.infer<typeof resourceSchema>;
export type Operation = z.infer<typeof operationSchema>;

/** Secret values as an import takes them; the engine encrypts them before they are stored. */
export function secretValues(values: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { ...SECRET_SIGNATURE, plaintext: JSON.stringify(value) },
    ]),
  );
}

/** URNs that a resource names, its parent aside. */
export function dependenciesOf({ dependencies = [], propertyDependencies = {} }: StateResource): string[] {
  return [...dependencies, ...Object.values(propertyDependencies).flatMap((list) => list ?? [])];
}

/** The state without some resources, without what was under way, and without references to what is not there. */
export function without(state: State, gone: ReadonlySet<StateResource>): State {
  const resources = state.resources.filter((resource) => !gone.has(resource));
  return { ...state, resources: inOrder(resources, state.resources), pending_operations: [] };
}

/** The state with a resource that the tenants hold already; an older one of its name is to be deleted. */
export function withAdopted(state: State, adopted: StateResource): State {
  const resources = state.resources
    .filter(({ urn, pendingReplacement }) => !(urn === adopted.urn && pendingReplacement === true))
    .map((resource) => (resource.urn === adopted.urn ? { ...resource, delete: true } : resource));
  return { ...state, resources: inOrder([...resources, adopted], state.resources) };
}

/**
 * The engine refuses a state in which a resource refers to one that comes later or not at all. Such references are
 * left out; the next `up` writes them again. What has lost its parent goes to the parent's parent.
 */
function inOrder(resources: readonly StateResource[], all: readonly StateResource[]): StateResource[] {
  const above = new Map(all.map(({ urn, parent }) => [urn, parent]));
  const before = new Set<string>();
  const known = (list: readonly string[]): string[] => list.filter((urn) => before.has(urn));
  return resources.map((resource) => {
    const {
      parent: declared,
      dependencies,
      propertyDependencies,
      deletedWith,
      replaceWith,
      ...rest
    } = resource;
    let parent = declared;
    while (parent !== undefined && !before.has(parent)) parent = above.get(parent);
    before.add(resource.urn);
    return {
      ...rest,
      ...(parent !== undefined && { parent }),
      ...(dependencies && { dependencies: known(dependencies) }),
      ...(propertyDependencies && {
        propertyDependencies: Object.fromEntries(
          Object.entries(propertyDependencies).map(([property, list]) => [property, known(list ?? [])]),
        ),
      }),
      ...(deletedWith !== undefined && before.has(deletedWith) && { deletedWith }),
      ...(replaceWith && { replaceWith: known(replaceWith) }),
    };
  });
}
