import {
  canBeFound,
  findExisting,
  parseUrn,
  resourceTypes,
  type Existing,
  type Readers,
} from "@ai-api-access/resource-catalog";
import { UserError } from "@ai-api-access/user-error";
import { secretValues, type Operation, type StateResource } from "./state.ts";

/** What became of an operation that no answer ended. */
export type Verdict =
  /** The tenant has it: into the state. */
  | { readonly kind: "made"; readonly resource: StateResource; readonly id: string }
  | { readonly kind: "not made"; readonly urn: string }
  /** The next `up` does it again, which does no harm. */
  | { readonly kind: "again"; readonly urn: string; readonly operation: string }
  /** Nobody but the user can tell. */
  | {
      readonly kind: "unclear";
      readonly urn: string;
      readonly reason: string;
      readonly ids: readonly string[];
    };

/**
 * Which of those that have a resource's name is the stack's: one, none, or not known.
 *
 * @param name the logical name
 * @param found what has the name and is not in the state; nothing where the tenant could not be asked
 */
export type Choose = (name: string, found: readonly Existing[]) => Existing | "none" | "unclear";

/** The only one of a name. */
export const onlyOne: Choose = (_name, [first, ...others]) =>
  first !== undefined && others.length === 0 ? first : "unclear";

/** Looks up by name what was being created when the run ended. */
export async function judge(
  operation: Operation,
  known: ReadonlySet<string | undefined>,
  readers: Readers,
  choose: Choose,
): Promise<Verdict> {
  const { resource } = operation;
  const { urn } = resource;
  if (isDoneAgain(operation)) return { kind: "again", urn, operation: operation.type };

  const found = await candidates(resource, readers);
  const fresh = found.ids.filter(({ id }) => !known.has(id));
  if (found.reason === undefined && fresh.length === 0) return { kind: "not made", urn };
  const choice = choose(parseUrn(urn).name, fresh);
  if (choice === "none") return { kind: "not made", urn };
  if (choice === "unclear") {
    const reason = found.reason ?? `the tenant has ${String(fresh.length)} of its name`;
    return { kind: "unclear", urn, reason, ids: fresh.map(({ id }) => id) };
  }
  return { kind: "made", resource: await adopted(resource, choice.id, readers), id: choice.id };
}

/** Whether the next `up` may do it once more, whatever became of it. */
function isDoneAgain({ type: operation, resource: { type, custom } }: Operation): boolean {
  if (operation !== "creating" || !custom || type.startsWith("pulumi:providers:")) return true;
  return resourceTypes.get(type)?.secondCreation === "harmless";
}

async function candidates(
  { type: token, inputs }: StateResource,
  readers: Readers,
): Promise<{ readonly ids: readonly Existing[]; readonly reason?: string }> {
  const type = resourceTypes.get(token);
  if (type === undefined || !canBeFound(type, inputs)) {
    return { ids: [], reason: "it cannot be looked up by its name" };
  }
  try {
    return { ids: await findExisting(type, inputs, readers) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ids: [], reason: error.message };
  }
}

/** A resource that was declared and that a tenant has, as the state keeps it; a read brings the rest of its outputs. */
export async function adopted(resource: StateResource, id: string, readers: Readers): Promise<StateResource> {
  const { type, inputs } = resource;
  const secrets = (await resourceTypes.get(type)?.secrets?.(id, inputs, readers)) ?? {};
  return { ...resource, id, outputs: { ...inputs, ...secretValues(secrets), id } };
}
