import { getRole } from "@pulumi/auth0/getRole.js";
import type { StackConfig } from "../config/index.ts";
import { nearest } from "../components/checks/nearest.ts";
import { isRoleId } from "../components/checks/roles.ts";
import { type Answer, askAll } from "./question.ts";

/** Every role once that is named, not declared here or in the base stack, and no id, with the members that have it. */
export async function findRoles(
  { project, organizations, roles }: StackConfig,
  ofTheBase: readonly string[],
): Promise<Map<string, Answer<string>>> {
  const declared = [...roles.map((role) => role.name), ...ofTheBase];
  const keys = new Map<string, string[]>();
  for (const { roles: named, key } of organizations.flatMap(({ members }) => members)) {
    for (const [index, role] of named.entries()) {
      if (declared.includes(role) || isRoleId(role)) continue;
      keys.set(role, [...(keys.get(role) ?? []), `${key}.roles[${String(index)}]`]);
    }
  }
  const elsewhere = `declare it under ${project}:roles, or look under User Management > Roles in the Auth0 dashboard`;
  const questions = [...keys].map(([role, at]) => {
    const meant = nearest(role, declared);
    const unknown = {
      found: "The stack declares no role of this name, and the tenant has none.",
      next:
        meant === undefined
          ? elsewhere
          : `did you mean ${meant}, which the stack declares? If not, ${elsewhere}`,
    };
    return [role, { what: `role ${role}`, keys: at, unknown }] as const;
  });
  return askAll(new Map(questions), async (name) => {
    const role = await getRole({ name, skipUsers: true, skipPermissions: true });
    return role.id;
  });
}
