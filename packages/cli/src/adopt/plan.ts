/** What of the stack's resources is taken over from the tenants. */
import { findExisting, hasOwnName } from "../shared/existing/find.ts";
import { answer } from "../shared/program/questions.ts";
import { walk, type CheckedStack } from "../shared/program/walk.ts";
import type { Registration } from "../shared/program/monitor.ts";
import type { TenantReaders } from "@ai-api-access/local/recovery/clients.ts";

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
  tenants: TenantReaders,
  { state, chosen }: PlanOptions,
): Promise<readonly Step[]> {
  const steps = new Map<string, Finding>();
  const idsByName = new Map([...state].map(([urn, id]) => [key(...typeAndName(urn)), id]));

  const registrations = await walk(stack, {
    call: (token, inputs) => answer(token, inputs, tenants),
    async idOf(type, name, inputs) {
      const known = idsByName.get(key(type, name));
      if (known !== undefined) return known;
      const found = await findExisting(type, inputs, tenants);
      const wanted = hasOwnName(type) && found.length > 1 ? chosen[name] : undefined;
      const one = found.length === 1 ? found[0] : found.find(({ id }) => id === wanted);
      if (one !== undefined) steps.set(key(type, name), { kind: "adopt", ...one });
      else if (found.length > 1)
        steps.set(key(type, name), { kind: "choose", ids: found.map(({ id }) => id) });
      return one?.id;
    },
  });
  return registrations.flatMap((resource): Step[] => {
    if (resource.type.startsWith("pulumi:providers:")) return [];
    if (state.has(resource.urn)) return [{ kind: "have", resource }];
    if (resource.type.startsWith("roster:")) return [{ kind: "roster", resource }];
    const step = steps.get(key(resource.type, resource.name));
    return [step === undefined ? { kind: "create", resource } : { ...step, resource }];
  });
}

const key = (type: string, name: string): string => `${type} ${name}`;

/** Type and name of a URN, without the types of its parents. */
function typeAndName(urn: string): [type: string, name: string] {
  const [, , types = "", ...name] = urn.split("::");
  return [types.split("$").at(-1) ?? "", name.join("::")];
}
