import { compositeKey, eq } from "@ai-api-access/emulator-core";
import { compact, patched } from "../../changes.ts";
import type { Collections, OrganizationConnection } from "../../collections.ts";
import { conflict, invalidBody, limitReached } from "../../errors.ts";
import { connectionOf } from "../../lookups.ts";

/** How many connections an organization may have (Auth0 docs: entity limits). */
const MAXIMUM = 10;

/** The settings of a link that a request may leave out. */
export interface LinkSettings {
  readonly assign_membership_on_login?: boolean | undefined;
  readonly is_signup_enabled?: boolean | undefined;
  readonly show_as_button?: boolean | undefined;
  readonly is_enabled?: boolean | null | undefined;
  readonly organization_connection_name?: string | null | undefined;
  readonly organization_access_level?: OrganizationConnection["organization_access_level"] | null | undefined;
}

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
  db: Collections,
  organizationId: string,
  settings: LinkSettings & { readonly connection_id: string },
): OrganizationConnection {
  connectionOf(db, settings.connection_id);
  if (db.organizationConnections.has(compositeKey(organizationId, settings.connection_id))) {
    throw conflict("The connection has already been added to this organization.");
  }
  if (db.organizationConnections.count(eq("organization_id", organizationId)) >= MAXIMUM)
    throw limitReached();
  const link: OrganizationConnection = {
    organization_id: organizationId,
    ...DEFAULTS,
    ...compact(settings),
  };
  checkSignup(db, link);
  return db.organizationConnections.insert(link);
}

/** Changes a link's settings; null gives one back its default. */
export function changeLink(
  db: Collections,
  link: OrganizationConnection,
  changes: LinkSettings,
): OrganizationConnection {
  const changed: OrganizationConnection = { ...DEFAULTS, ...patched(link, changes) };
  checkSignup(db, changed);
  return db.organizationConnections.put(changed);
}

/** Signing up is for database connections that make a member of whoever logs in. */
function checkSignup(db: Collections, link: OrganizationConnection): void {
  if (!link.is_signup_enabled) return;
  if (!isDatabase(db, link) || !link.assign_membership_on_login) {
    throw invalidBody(
      "Only database connections with assign_membership_on_login = true support is_signup_enabled = true.",
    );
  }
}

function isDatabase(db: Collections, link: OrganizationConnection): boolean {
  return db.connections.get(link.connection_id)?.strategy === "auth0";
}

function shownConnection(db: Collections, link: OrganizationConnection): unknown {
  const connection = db.connections.get(link.connection_id);
  return { name: connection?.name, strategy: connection?.strategy };
}

/** A link as `/organizations/{id}/connections` shows it. */
export function showLink(db: Collections, link: OrganizationConnection): unknown {
  const { organization_connection_name: name } = link;
  return {
    connection_id: link.connection_id,
    ...(name === undefined ? {} : { organization_connection_name: name }),
    ...(isDatabase(db, link) ? { is_signup_enabled: link.is_signup_enabled } : {}),
    assign_membership_on_login: link.assign_membership_on_login,
    show_as_button: link.show_as_button,
    is_enabled: link.is_enabled,
    organization_access_level: link.organization_access_level,
    connection: shownConnection(db, link),
  };
}

/** A link as the older `/organizations/{id}/enabled_connections` shows it. */
export function showEnabled(db: Collections, link: OrganizationConnection): unknown {
  return {
    connection_id: link.connection_id,
    assign_membership_on_login: link.assign_membership_on_login,
    show_as_button: link.show_as_button,
    ...(isDatabase(db, link) ? { is_signup_enabled: link.is_signup_enabled } : {}),
    connection: shownConnection(db, link),
  };
}
