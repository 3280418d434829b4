import type { Collections, Role } from "../../collections.ts";
import { pageOf } from "../../paging.ts";
import type { PagingQuery } from "../../paging.ts";

/** A role as the lists of a user's or a member's roles show it. */
export function showAssignedRole({ id, name, description }: Role) {
  return { id, name, description: description ?? "" };
}

/** A page of the roles that somebody was given, by name. Nobody has more than 50, so all of them are read. */
export function rolesPage(
  db: Collections,
  query: PagingQuery,
  given: readonly { readonly role_id: string }[],
): unknown {
  const roles = given
    .flatMap(({ role_id: id }) => db.roles.get(id) ?? [])
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(showAssignedRole);
  return pageOf(query, "roles", roles);
}
