import { compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import { conflict, invalidBody, limitReached } from "../../errors.ts";
import { compact, patched } from "../../objects.ts";
import { findConnection, isDatabase } from "../connections/find.ts";
import type { OrganizationConnectionRecord } from "./record.ts";

/** How many connections an organization may have (Auth0 docs: entity limits). */
const MAXIMUM = 10;

type Settings = Omit<OrganizationConnectionRecord, "organization_id" | "connection_id">;

/** The settings of a link that a request may leave out; null gives one back its default. */
type LinkSettings = { readonly [K in keyof Settings]?: Settings[K] | null | undefined };

/** A link's settings where none were made. */
const DEFAULTS = {
  is_signup_enabled: false,
  assign_membership_on_login: false,
  show_as_button: true,
  is_enabled: false,
  organization_access_level: "none",
} as const;

/** Links a connection to an organization, with the vendor's checks. */
export function linkConnection(
  context: Auth0Context,
  organizationId: string,
  settings: LinkSettings & { readonly connection_id: string },
): OrganizationConnectionRecord {
  const { organizationConnections } = context.data;
  findConnection(context, settings.connection_id);
  if (organizationConnections.has(compositeKey(organizationId, settings.connection_id))) {
    throw conflict("The connection has already been added to this organization.");
  }
  if (organizationConnections.count(eq("organization_id", organizationId)) >= MAXIMUM) throw limitReached();
  const link = { organization_id: organizationId, ...DEFAULTS, ...compact(settings) };
  validateSignup(context, link);
  return organizationConnections.insert(link);
}

/** Changes a link's settings. */
export function changeLink(
  context: Auth0Context,
  link: OrganizationConnectionRecord,
  changes: LinkSettings,
): OrganizationConnectionRecord {
  const changed = { ...DEFAULTS, ...patched(link, changes) };
  validateSignup(context, changed);
  return context.data.organizationConnections.put(changed);
}

/** Signing up is for database connections that make a member of whoever logs in. */
function validateSignup({ data }: Auth0Context, link: OrganizationConnectionRecord): void {
  if (!link.is_signup_enabled) return;
  if (!isDatabase(data.connections.get(link.connection_id)) || !link.assign_membership_on_login) {
    throw invalidBody(
      "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
    );
  }
}

/** A link as `/organizations/{id}/connections` shows it. */
export function renderOrganizationConnection(
  { data }: Auth0Context,
  link: OrganizationConnectionRecord,
): Record<string, unknown> {
  const connection = data.connections.get(link.connection_id);
  return compact({
    connection_id: link.connection_id,
    organization_connection_name: link.organization_connection_name,
    is_signup_enabled: isDatabase(connection) ? link.is_signup_enabled : undefined,
    assign_membership_on_login: link.assign_membership_on_login,
    show_as_button: link.show_as_button,
    is_enabled: link.is_enabled,
    organization_access_level: link.organization_access_level,
    connection: { name: connection?.name, strategy: connection?.strategy },
  });
}

/** A link as the older `/organizations/{id}/enabled_connections` shows it. */
export function renderEnabledConnection(
  context: Auth0Context,
  link: OrganizationConnectionRecord,
): Record<string, unknown> {
  const { connection_id, assign_membership_on_login, show_as_button, is_signup_enabled, connection } =
    renderOrganizationConnection(context, link);
  return compact({
    connection_id,
    assign_membership_on_login,
    show_as_button,
    is_signup_enabled,
    connection,
  });
}
