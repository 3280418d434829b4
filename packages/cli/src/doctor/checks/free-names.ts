/** Whether every name is free that the stack is about to give. */
import { count } from "../../shared/count.ts";
import { hasOwnName } from "../../shared/existing/find.ts";
import { ok, wrong, type Check } from "../check.ts";
import { keyOf, type Examined } from "../examine.ts";

const SUBJECT = "names that must be free";

export function checkFreeNames(
  { registrations, existing }: Examined,
  state: ReadonlyMap<string, string | undefined>,
  stack: string,
): Check[] {
  const ahead = registrations.filter(({ type, urn }) => hasOwnName(type) && !state.has(urn));
  const taken = ahead.flatMap((resource) => {
    const found = existing.get(keyOf(resource)) ?? [];
    if (found.length === 0) return [];
    const { type, name, inputs } = resource;
    const called = [inputs.identifier, inputs.label, inputs.name].find((value) => typeof value === "string");
    const ids = found.map(({ id }) => id).join(", ");
    return [
      wrong(
        SUBJECT,
        `${type.split(":").at(-1) ?? type} ${called ?? name} is there already (${ids})`,
        `if it is this stack's own: npm run adopt -- --stack ${stack}; else choose another name`,
      ),
    ];
  });
  if (taken.length > 0) return taken;
  return [
    ok(SUBJECT, ahead.length === 0 ? "none is to be given" : `${count(ahead.length, "name")}, all free`),
  ];
}
