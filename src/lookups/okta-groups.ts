import { getGroup } from "@pulumi/okta/group/getGroup.js";
import type { StackConfig } from "../config/index.ts";
import { type Answer, askAll, type Question } from "./question.ts";

/** Every group of the Okta org whose people may sign in, once. */
export async function findGroups({ organizations }: StackConfig): Promise<Map<string, Answer<string>>> {
  const keys = new Map<string, string[]>();
  for (const connection of organizations.flatMap(({ connections }) => connections)) {
    if (connection.kind !== "okta") continue;
    for (const [index, group] of connection.groups.entries()) {
      keys.set(group, [...(keys.get(group) ?? []), `${connection.key}.groups[${String(index)}]`]);
    }
  }
  const unknown = {
    found: "No group of the Okta org has this name.",
    next: "look under Directory > Groups in the Okta admin console",
  };
  const questions = new Map<string, Question>(
    [...keys].map(([group, at]) => [
      group,
      { what: `Okta group ${group}`, keys: at, unknown, vendor: "Okta" },
    ]),
  );
  return askAll(questions, async (name) => {
    const { id } = await getGroup({ name });
    return id;
  });
}
