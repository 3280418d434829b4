/** The people of an Auth0 organization. */
import type { TenantClient } from "../client.ts";
import { itemsAt, textAt } from "../json.ts";

interface Member {
  readonly user: string;
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  readonly email: string | undefined;
  readonly name: string | undefined;
}

/** People a page, the most there can be (Management API reference, GET /api/v2/organizations/{id}/members). */
const PAGE = 100;
/** Roles come with the list only when they are asked for, which needs `read:organization_member_roles`. */
const FIELDS = "fields=user_id,roles,email,name&include_fields=true";

interface OrganizationMembers {
  /** Everybody, read by checkpoint: by number only the first 1,000 people can be reached. */
  list(pageSize?: number): AsyncGenerator<Member, void>;
  /** At most 10 people a request (Auth0 docs); who is a member already stays one. */
  add(users: readonly string[]): Promise<void>;
  /** At most 10 people a request, with their roles; who is no member is passed over. */
  remove(users: readonly string[]): Promise<void>;
  assignRoles(user: string, roles: readonly string[]): Promise<void>;
  removeRoles(user: string, roles: readonly string[]): Promise<void>;
}

/** Its methods throw TenantError; of an organization that is not there, with status 404. */
export function organizationMembers(client: TenantClient, organization: string): OrganizationMembers {
  const members = `/organizations/${encodeURIComponent(organization)}/members`;
  const rolesOf = (user: string) => `${members}/${encodeURIComponent(user)}/roles`;
  return {
    async *list(pageSize = PAGE) {
      for await (const page of client.pages(`${members}?take=${String(pageSize)}&${FIELDS}`)) {
        for (const item of itemsAt(page, "members")) {
          const user = textAt(item, "user_id");
          if (user === undefined) continue;
          yield {
            user,
            roles: itemsAt(item, "roles").flatMap(roleIn),
            email: textAt(item, "email"),
            name: textAt(item, "name"),
          };
        }
      }
    },
    async add(users) {
      await client.send("POST", members, { members: users });
    },
    async remove(users) {
      await client.send("DELETE", members, { members: users });
    },
    async assignRoles(user, roles) {
      await client.send("POST", rolesOf(user), { roles });
    },
    async removeRoles(user, roles) {
      await client.send("DELETE", rolesOf(user), { roles });
    },
  };
}

function roleIn(role: unknown): Member["roles"] {
  const id = textAt(role, "id");
  return id === undefined ? [] : [{ id, name: textAt(role, "name") ?? "" }];
}
