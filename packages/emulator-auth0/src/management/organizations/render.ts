import { without } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { hasEarlyAccess, saysThirdPartyAccess } from "../tenant-settings.ts";
import type { OrganizationRecord } from "./record.ts";

/** An organization as answers show it. */
export function renderOrganization(
  context: Auth0Context,
  organization: OrganizationRecord,
): Record<string, unknown> {
  const { id, name, display_name, ...others } = without(organization, "created_at");
  const defaults = {
    ...(saysThirdPartyAccess(context) ? { third_party_client_access: "block" } : {}),
    ...(hasEarlyAccess(context) ? { is_app_entitlement_active: false } : {}),
  };
  return compact({ id, name, display_name, ...defaults, ...others });
}
