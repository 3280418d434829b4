/** The people of an Auth0 organization. */
import type { TenantClient } from "../client.ts";
import { itemsAt, textAt } from "../json.ts";

export interface Member {
  readonly user: string;
  /** Ids; there when `roles` was asked for. */
  readonly roles: readonly string[];
  readonly email: string | undefined;
  readonly name: string | undefined;
}

export interface ListOptions {
  /** What is asked of each; roles need `read:organization_member_roles`. */
  readonly fields?: readonly ("user_id" | "roles" | "email" | "name")[];
  /** People a page; 100 at most (Management API reference, GET /api/v2/organizations/{id}/members). */
  readonly pageSize?: number;
}

export interface OrganizationMembers {
  /** Everybody, read by checkpoint: by number only the first 1,000 people can be reached. */
  list(options?: ListOptions): AsyncGenerator<Member, void>;
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
    async *list({ fields = ["user_id", "roles"], pageSize = 100 } = {}) {
      const query = `take=${String(pageSize)}&fields=${fields.join(",")}&include_fields=true`;
      for await (const page of client.pages(`${members}?${query}`)) {
        for (const item of itemsAt(page, "members")) {
          const user = textAt(item, "user_id");
          if (user === undefined) continue;
          yield {
            user,
            roles: itemsAt(item, "roles").flatMap((role) => textAt(role, "id") ?? []),
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
