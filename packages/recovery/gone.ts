import { isThere, resourceTypes, type Readers } from "@ai-api-access/resource-catalog";
import { UserError } from "@ai-api-access/user-error";
import { dependenciesOf, type StateResource } from "./state.ts";

/** What a tenant may not be asked of, or did not answer. */
export interface Unread {
  readonly resource: StateResource;
  readonly reason: string;
}

export interface Gone {
  /** Resources of the state that are in no tenant any more. */
  readonly gone: readonly StateResource[];
  readonly unread: readonly Unread[];
}

/**
 * Asks the tenants for each resource of a state, by its id. What has none of its own (a membership, a role's
 * permissions) is asked for only where something is gone that it depends on: there may be thousands, and by itself
 * none of it stops a run.
 */
export async function findGone(resources: readonly StateResource[], readers: Readers): Promise<Gone> {
  const byId = resources.filter(({ type }) => resourceTypes.get(type)?.read !== undefined);
  const first = await Promise.all(byId.map((resource) => presence(resource, readers)));
  const urns = new Set(first.flatMap(({ there, resource }) => (there === false ? [resource.urn] : [])));
  const dependents = resources.filter(
    (resource) =>
      resourceTypes.get(resource.type)?.read === undefined &&
      dependenciesOf(resource).some((urn) => urns.has(urn)),
  );
  const second = await Promise.all(dependents.map((resource) => presence(resource, readers)));
  const answers = new Map([...first, ...second].map((one) => [one.resource, one]));
  const inOrder = resources.flatMap((resource) => answers.get(resource) ?? []);
  return {
    gone: inOrder.flatMap(({ resource, there }) => (there === false ? [resource] : [])),
    unread: inOrder.flatMap(({ resource, reason }) => (reason === undefined ? [] : [{ resource, reason }])),
  };
}

interface Presence {
  readonly resource: StateResource;
  /** `undefined` where it is not known. */
  readonly there?: boolean | undefined;
  readonly reason?: string;
}

async function presence(resource: StateResource, readers: Readers): Promise<Presence> {
  const { type: token, id, inputs } = resource;
  const type = resourceTypes.get(token);
  if (type === undefined || id === undefined) return { resource };
  try {
    return { resource, there: await isThere(type, id, inputs, readers) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { resource, reason: error.message };
  }
}
