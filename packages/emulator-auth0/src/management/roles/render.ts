import { without } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { arrayReply } from "../paging.ts";
import type { PageRequest } from "../paging.ts";
import { hasEarlyAccess } from "../tenant-settings.ts";
import type { RoleRecord } from "./record.ts";

/** A role as the lists of a user's or a member's roles show it. */
export function renderGivenRole({ id, name, description }: RoleRecord) {
  return { id, name, description: description ?? "" };
}

/** A page of the roles that somebody was given, by name. Nobody has more than 50, so all of them are read. */
export function givenRolesReply(
  { data }: Auth0Context,
  query: PageRequest,
  given: readonly { readonly role_id: string }[],
): unknown {
  const roles = given
    .flatMap(({ role_id: id }) => data.roles.get(id) ?? [])
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(renderGivenRole);
  return arrayReply(query, "roles", roles);
}

/** A role as answers show it. Whose it is shows on roles of organizations, and on all in early access. */
export function renderRole(context: Auth0Context, role: RoleRecord) {
  const { owner_id } = role;
  if (owner_id !== undefined) return { ...renderGivenRole(role), type: "organization", owner_id };
  return { ...renderGivenRole(role), ...(hasEarlyAccess(context) ? { type: "tenant" } : {}) };
}

/** In the answer to its creation, a role without a description has none, or null; ever after it is empty. */
export function renderNewRole(context: Auth0Context, role: RoleRecord) {
  if (role.description !== null) return renderRole(context, role);
  const rest = without(renderRole(context, role), "description");
  return hasEarlyAccess(context) ? rest : { ...rest, description: null };
}
