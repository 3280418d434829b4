import { without } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { compact } from "../../objects.ts";
import { hasEarlyAccess } from "../tenant-settings.ts";
import type { OrganizationRecord } from "./record.ts";

/** What early access adds to an organization that says nothing of it. */
const EARLY_ACCESS = { third_party_client_access: "block", is_app_entitlement_active: false };

/** An organization as answers show it. */
export function renderOrganization(
  context: Auth0Context,
  organization: OrganizationRecord,
): Record<string, unknown> {
  const { id, name, display_name, ...others } = without(organization, "created_at");
  const defaults = hasEarlyAccess(context) ? EARLY_ACCESS : {};
  return compact({ id, name, display_name, ...defaults, ...others });
}
