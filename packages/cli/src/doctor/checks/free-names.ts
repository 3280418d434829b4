/** Whether every name is free that the stack is about to give. */
import { kindOf, resourceTypes } from "@ai-api-access/resource-catalog";
import { count } from "../../shared/count.ts";
import { ok, wrong, type Check } from "../check.ts";
import { keyOf, type Inspection } from "../inspect.ts";

const SUBJECT = "names that must be free";

export function checkFreeNames(
  { registrations, existing }: Inspection,
  state: ReadonlyMap<string, string | undefined>,
  stack: string,
): Check[] {
  // Of the others a second creation does no harm.
  const named = ({ type }: { readonly type: string }) =>
    ["conflict", "duplicate"].includes(resourceTypes.get(type)?.secondCreation ?? "");
  const ahead = registrations.filter((resource) => named(resource) && !state.has(resource.urn));
  const taken = ahead.flatMap((resource) => {
    const found = existing.get(keyOf(resource)) ?? [];
    if (found.length === 0) return [];
    const { type, name, inputs } = resource;
    const called = [inputs.identifier, inputs.label, inputs.name].find((value) => typeof value === "string");
    const ids = found.map(({ id }) => id).join(", ");
    return [
      wrong(
        SUBJECT,
        `${kindOf(type)} ${called ?? name} is there already (${ids})`,
        `if it is this stack's own: npx ai-api-access adopt --stack ${stack}; else choose another name`,
      ),
    ];
  });
  if (taken.length > 0) return taken;
  return [
    ok(SUBJECT, ahead.length === 0 ? "none is to be given" : `${count(ahead.length, "name")}, all free`),
  ];
}
