import { and, compositeKey, eq, timestamp } from "@ai-api-access/emulator-core";
import type { Collections, Organization, OrganizationConnection } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { Session } from "../collections.ts";
import { isMember } from "../tokens/permissions.ts";
import { AuthorizeError } from "./errors.ts";

/**
 * Lets a person into an organization who is a member, or becomes one by signing in with a connection that the
 * organization has set so (`assign_membership_on_login`). Anybody else is refused.
 */
export function enterOrganization(
  context: Auth0Context,
  organization: Organization,
  { user_id: userId, connection }: Pick<Session, "user_id" | "connection">,
): void {
  const { db } = context;
  if (isMember(db, organization.id, userId)) return;
  if (linkOf(db, organization.id, connection)?.assign_membership_on_login !== true) {
    const text = `user ${userId} is not part of the ${organization.id} organization`;
    throw new AuthorizeError("access_denied", text);
  }
  addMember(context, organization.id, userId);
}

/**
 * The organizations that a person may choose from after signing in with a connection: those that have it enabled,
 * of which the person is a member. Who is a member of none becomes one where exactly one organization has the
 * connection set so (Auth0 docs: login flows for organizations).
 */
export function organizationsOf(
  context: Auth0Context,
  { user_id: userId, connection }: Pick<Session, "user_id" | "connection">,
): Organization[] {
  const { db } = context;
  const links = enabledLinks(db, connection);
  const own = links.filter((link) => isMember(db, link.organization_id, userId));
  if (own.length > 0) return organizations(db, own);
  const [only, ...more] = links.filter((link) => link.assign_membership_on_login);
  if (only === undefined || more.length > 0) return [];
  addMember(context, only.organization_id, userId);
  return organizations(db, [only]);
}

function organizations(db: Collections, links: readonly OrganizationConnection[]): Organization[] {
  return links.flatMap((link) => db.organizations.get(link.organization_id) ?? []);
}

function enabledLinks(db: Collections, connectionName: string): OrganizationConnection[] {
  const connection = db.connections.first(eq("name", connectionName));
  if (connection === undefined) return [];
  return db.organizationConnections.find(
    and<"connection_id" | "is_enabled">(eq("connection_id", connection.id), eq("is_enabled", true)),
  );
}

function linkOf(
  db: Collections,
  organizationId: string,
  connectionName: string,
): OrganizationConnection | undefined {
  return enabledLinks(db, connectionName).find((link) => link.organization_id === organizationId);
}

function addMember({ db, clock }: Auth0Context, organizationId: string, userId: string): void {
  if (db.organizationMembers.has(compositeKey(organizationId, userId))) return;
  db.organizationMembers.insert({
    organization_id: organizationId,
    user_id: userId,
    created_at: timestamp(clock),
  });
}
