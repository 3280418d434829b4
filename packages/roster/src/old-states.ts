/**
 * States of the first version. It had a second resource, `roster:index:Baseline`, named roles in the text of its
 * people, and wrote that text in groups. The first `up` that changes something brings a state up to date.
 */
import type { PlainProperties } from "@ai-api-access/provider-kit";
import type { RoleIds } from "./declaration.ts";
import { writePeople } from "./people.ts";

/** It disappears from the program, and goes from the state without any request. */
export const OLD_BASELINE = "roster:index:Baseline";

/**
 * Old inputs or outputs with the people as they are written now; others as they are.
 *
 * @param roles those of the bag
 */
export function upgraded(bag: PlainProperties, roles: RoleIds): PlainProperties {
  const { __members: members, __inPlace: inPlace } = bag;
  if (typeof inPlace === "string") return { ...bag, __confirmed: rewritten(inPlace, roles) };
  if (typeof members !== "string" || !members.startsWith("[")) return bag;
  return { ...bag, __members: rewritten(members, roles) };
}

/**
 * The first line lists the roles in JSON. Then people stand in groups of the same identity provider and roles, whose
 * first line begins with a tab: `<tab>m0,1<tab>auth0|`.
 */
function rewritten(text: string, roles: RoleIds): string {
  const [first = "[]", ...lines] = text.split("\n");
  const listed: unknown = JSON.parse(first);
  const ids = (Array.isArray(listed) ? listed.map(String) : []).map((role) => roles.get(role) ?? role);
  const people = new Map<string, ReadonlySet<string>>();
  let [held, prefix] = [new Set<string>(), ""];
  for (const line of lines) {
    const [user = "", group = "", identityProvider = ""] = line.split("\t");
    if (user !== "") people.set(prefix + user, held);
    else {
      const numbers = group.slice(1).split(",").filter(Boolean);
      held = new Set(numbers.map((number) => ids[Number(number)] ?? ""));
      prefix = identityProvider;
    }
  }
  return writePeople(people);
}
