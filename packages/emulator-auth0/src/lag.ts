/**
 * What the vendor documents as eventually consistent, among what is served here. Members and discovery domains:
 * Auth0 docs, Management API ("This endpoint is subject to eventual consistency"). The search for users: Auth0 docs,
 * "User Search"; looking users up by id or by email is immediately consistent there, as all else is here.
 */
import type { Lagging } from "@ai-api-access/emulator-core";

const domains = { collections: ["organization_discovery_domains"] };

export const auth0Lagging: Lagging = {
  get_users: { collections: ["users"] },
  get_members: { collections: ["organization_members", "organization_member_roles", "users"] },
  get_organization_discovery_domains: domains,
  get_organization_discovery_domain_by_name: domains,
  get_organization_discovery_domain: domains,
};
