/** An Auth0 organization, as the roster uses it. */
import { member } from "../core/items.ts";
import type { Standing } from "../core/items.ts";
import { NoOrganization, Refused } from "../core/organization.ts";
import type { Organization, People } from "../core/organization.ts";
import type { Management } from "./management.ts";

export interface OrganizationOptions {
  /** Ask for people's emails and names as well. */
  readonly names?: boolean;
}

/** The most that a page takes (Management API reference, GET /api/v2/organizations/{id}/members). */
const PAGE = 100;

export function auth0Organization(
  management: Management,
  id: string,
  { names = false }: OrganizationOptions = {},
): Organization {
  return {
    members: () => readMembers(management, id, names),
    async addMembers(users) {
      await management.call((client) =>
        client.organizations.members.create(id, { members: [...users] }).withRawResponse(),
      );
    },
    async removeMembers(users) {
      await management.call((client) =>
        client.organizations.members.delete(id, { members: [...users] }).withRawResponse(),
      );
    },
    async giveRoles(user, roles) {
      await management.call((client) =>
        client.organizations.members.roles.assign(id, user, { roles: [...roles] }).withRawResponse(),
      );
    },
    async takeRoles(user, roles) {
      await management.call((client) =>
        client.organizations.members.roles.delete(id, user, { roles: [...roles] }).withRawResponse(),
      );
    },
  };
}

async function readMembers(management: Management, id: string, withNames: boolean): Promise<People> {
  const items = new Map<string, Standing>();
  const names = new Map<string, string>();
  const fields = withNames ? "user_id,roles,email,name" : "user_id,roles";
  for await (const { user_id: user, roles = [], email, name } of listMembers(management, id, fields)) {
    if (user === undefined) continue;
    items.set(user, member(roles.flatMap((role) => role.id ?? [])));
    const called = email ?? name;
    if (called !== undefined) names.set(user, called);
  }
  return { items, names };
}

/**
 * Everybody in an organization. Roles come with the list when they are asked for by name, which needs
 * `read:organization_member_roles`; by number only the first 1,000 people can be reached, so the list is read by
 * checkpoint.
 *
 * @param fields names of what is asked of each, with commas between them
 * @throws NoOrganization
 */
export async function* listMembers(management: Management, id: string, fields: string) {
  for (let from: string | undefined; ;) {
    const { members, next } = await page(management, id, { fields, ...(from !== undefined && { from }) });
    yield* members;
    // A page that is not full may still name a next one; an empty one does not.
    if (next === undefined || next === "" || members.length === 0) return;
    from = next;
  }
}

async function page(management: Management, id: string, asked: { fields: string; from?: string }) {
  try {
    return await management.call(async (client) => {
      const found = await client.organizations.members.list(id, {
        ...asked,
        include_fields: true,
        include_totals: false,
        take: PAGE,
      });
      const { response, rawResponse } = found;
      return { data: { members: response.members ?? [], next: response.next }, rawResponse };
    });
  } catch (error) {
    if (error instanceof Refused && error.status === 404) {
      throw new NoOrganization(`Auth0 has no organization ${id}: ${error.message}`, { cause: error });
    }
    throw error;
  }
}
