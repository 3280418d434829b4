/** What of the stack's resources is taken over from the tenants. */
import { findExisting, parseUrn, resourceTypes, type Readers } from "@ai-api-access/resource-catalog";
import { answer } from "../shared/program/answer.ts";
import type { Registration } from "../shared/program/monitor.ts";
import { walk, type CheckedStack } from "../shared/program/walk.ts";

/** A resource that the stack declares, and what becomes of it. */
export type Step =
  | { readonly kind: "have"; readonly resource: Registration }
  | {
      readonly kind: "adopt";
      readonly resource: Registration;
      readonly id: string;
      readonly importId: string;
    }
  | { readonly kind: "create"; readonly resource: Registration }
  /** Of a name that a tenant has more than once. */
  | { readonly kind: "choose"; readonly resource: Registration; readonly ids: readonly string[] }
  /** A roster takes over the people of an organization itself (`roster.adopt`). */
  | { readonly kind: "roster"; readonly resource: Registration };

export interface PlanOptions {
  /** URNs of what is in the state already, with the id of each; a component has none. */
  readonly state: ReadonlyMap<string, string | undefined>;
  /** Ids given by hand, by logical name, for names that a tenant has more than once. */
  readonly chosen: Readonly<Record<string, string>>;
}

/** What was found of a resource that is not in the state. */
type Finding =
  | { readonly kind: "adopt"; readonly id: string; readonly importId: string }
  | { readonly kind: "choose"; readonly ids: readonly string[] };

/** The steps in the order of the program, parents first. */
export async function planAdoption(
  stack: CheckedStack,
  readers: Readers,
  { state, chosen }: PlanOptions,
): Promise<readonly Step[]> {
  const steps = new Map<string, Finding>();
  const idsByName = new Map([...state].map(([urn, id]) => [key(parseUrn(urn)), id]));

  const registrations = await walk(stack, {
    call: (token, inputs) => answer(token, inputs, readers),
    async idOf(type, name, inputs) {
      const resource = key({ type, name });
      const id = idsByName.get(resource);
      if (id !== undefined) return id;
      const known = resourceTypes.get(type);
      const found = known === undefined ? [] : await findExisting(known, inputs, readers);
      const one = found.length === 1 ? found[0] : found.find((each) => each.id === chosen[name]);
      if (one !== undefined) steps.set(resource, { kind: "adopt", ...one });
      else if (found.length > 1) steps.set(resource, { kind: "choose", ids: found.map((each) => each.id) });
      return one?.id;
    },
  });
  return registrations.flatMap((resource): Step[] => {
    // What the engine keeps in the state alone.
    if (resource.type.startsWith("pulumi:")) return [];
    if (state.has(resource.urn)) return [{ kind: "have", resource }];
    if (resource.type.startsWith("roster:")) return [{ kind: "roster", resource }];
    const step = steps.get(key(resource));
    return [step === undefined ? { kind: "create", resource } : { ...step, resource }];
  });
}

const key = ({ type, name }: { readonly type: string; readonly name: string }): string => `${type} ${name}`;
