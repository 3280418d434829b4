/** {@link Tenant} by the Management API. */
import { NoOrganization, Refused } from "../src/tenant.ts";
import type { Member, Tenant } from "../src/tenant.ts";
import { findRoles, findUsers } from "./lookups.ts";
import type { Management } from "./management.ts";

/** The most that a page takes (Management API reference, GET /api/v2/organizations/{id}/members). */
const PAGE = 100;

export function auth0Tenant(management: Management): Tenant {
  return {
    domain: management.domain,
    members: (organization) => readMembers(management, organization),
    async addMembers(organization, users) {
      await management.call((client) =>
        client.organizations.members.create(organization, { members: [...users] }).withRawResponse(),
      );
    },
    async removeMembers(organization, users) {
      await management.call((client) =>
        client.organizations.members.delete(organization, { members: [...users] }).withRawResponse(),
      );
    },
    async assignRoles(organization, user, roles) {
      await management.call((client) =>
        client.organizations.members.roles
          .assign(organization, user, { roles: [...roles] })
          .withRawResponse(),
      );
    },
    async removeRoles(organization, user, roles) {
      await management.call((client) =>
        client.organizations.members.roles
          .delete(organization, user, { roles: [...roles] })
          .withRawResponse(),
      );
    },
    findUsers: (emails) => findUsers(management, emails),
    findRoles: (names) => findRoles(management, names),
    async findOrganization(name) {
      try {
        const { id } = await management.call((client) =>
          client.organizations.getByName(name).withRawResponse(),
        );
        return id;
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

/**
 * Everybody in an organization. Roles come with the list when they are asked for by name, which needs
 * `read:organization_member_roles`; by number only the first 1,000 people can be reached, so the list is read by
 * checkpoint.
 */
async function readMembers(management: Management, organization: string): Promise<Member[]> {
  const found: Member[] = [];
  for (let from: string | undefined; ;) {
    const { members, next } = await page(management, organization, from);
    for (const { user_id: user, email, name, roles = [] } of members) {
      if (user === undefined) continue;
      const held = roles.flatMap(({ id, name: role = "" }) => (id === undefined ? [] : { id, name: role }));
      found.push({ user, name: email ?? name, roles: held });
    }
    // A page that is not full may still name a next one; an empty one does not.
    if (next === undefined || next === "" || members.length === 0) return found;
    from = next;
  }
}

async function page(management: Management, organization: string, from: string | undefined) {
  try {
    return await management.call(async (client) => {
      const { response, rawResponse } = await client.organizations.members.list(organization, {
        fields: "user_id,roles,email,name",
        include_fields: true,
        include_totals: false,
        take: PAGE,
        ...(from !== undefined && { from }),
      });
      return { data: { members: response.members ?? [], next: response.next }, rawResponse };
    });
  } catch (error) {
    if (error instanceof Refused && error.status === 404) {
      throw new NoOrganization(`Auth0 has no organization ${organization}: ${error.message}`, {
        cause: error,
      });
    }
    throw error;
  }
}
