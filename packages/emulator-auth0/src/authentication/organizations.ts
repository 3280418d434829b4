import { eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import type { OrganizationRecord } from "../management/organizations/record.ts";
import { findSettings } from "../management/tenant-settings.ts";

/**
 * Whether requests may name organizations by name, and tokens do so beside the id (Auth0 docs: use organization
 * names in Authentication API).
 */
export function usesOrganizationNames(context: Auth0Context): boolean {
  return findSettings(context).allow_organization_name_in_authentication_api === true;
}

/** The organization that a request names by id, or by name where the tenant allows names; nothing where it is none. */
export function organizationNamed(context: Auth0Context, asked: string): OrganizationRecord | undefined {
  const { organizations } = context.data;
  const byId = organizations.get(asked);
  return byId === undefined && usesOrganizationNames(context)
    ? organizations.first(eq("name", asked.toLowerCase()))
    : byId;
}

/** What a token says of the organization that it is for. */
export function organizationClaims(
  context: Auth0Context,
  organization: OrganizationRecord | undefined,
): { org_id?: string; org_name?: string } {
  if (organization === undefined) return {};
  const { id, name } = organization;
  return usesOrganizationNames(context) ? { org_id: id, org_name: name } : { org_id: id };
}
