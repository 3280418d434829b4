import { eq } from "@ai-api-access/emulator-core";
import { matching } from "../../collections.ts";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { addMember, isMember } from "../../management/organizations/membership.ts";
import type {
  OrganizationConnectionRecord,
  OrganizationRecord,
} from "../../management/organizations/record.ts";
import type { SessionRecord, TransactionRecord } from "../record.ts";
import { mayEnter } from "../third-parties.ts";
import { AuthorizeError } from "./answer.ts";
import { acceptInvitation, invitationOf } from "./invitations.ts";

/** Somebody who has signed in, and the name of the connection that they did it with. */
type SignedIn = Pick<SessionRecord, "user_id" | "connection">;

/**
 * Lets a person into an organization who is a member, or becomes one: by the invitation that the request brought, or by
 * signing in with a connection that the organization has set so (`assign_membership_on_login`). Anybody else is
 * refused.
 */
export function enterOrganization(
  context: Auth0Context,
  transaction: TransactionRecord,
  { id }: OrganizationRecord,
  { user_id: userId, connection }: SignedIn,
): void {
  const invitation = invitationOf(context, transaction);
  if (invitation !== undefined) acceptInvitation(context, invitation, userId);
  if (isMember(context, id, userId)) return;
  const link = enabledLinks(context, connection).find((one) => one.organization_id === id);
  if (link?.assign_membership_on_login !== true) {
    throw new AuthorizeError("access_denied", `user ${userId} is not part of the ${id} organization`);
  }
  addMember(context, id, userId);
}

/**
 * The organizations that a person may choose from after signing in with a connection: those that have it enabled,
 * of which the person is a member, and which let the application in. Who is a member of none becomes one where exactly one organization has the
 * connection set so (Auth0 docs: login flows for organizations).
 */
export function organizationsOf(
  context: Auth0Context,
  client: ClientRecord,
  { user_id: userId, connection }: SignedIn,
): OrganizationRecord[] {
  const organizationsAt = (links: readonly OrganizationConnectionRecord[]) =>
    links
      .flatMap((link) => context.data.organizations.get(link.organization_id) ?? [])
      .filter((organization) => mayEnter(client, organization));
  const links = enabledLinks(context, connection);
  const own = organizationsAt(links.filter((link) => isMember(context, link.organization_id, userId)));
  if (own.length > 0) return own;
  const [only, ...more] = organizationsAt(links.filter((link) => link.assign_membership_on_login));
  if (only === undefined || more.length > 0) return [];
  addMember(context, only.id, userId);
  return [only];
}

function enabledLinks({ data }: Auth0Context, connectionName: string): OrganizationConnectionRecord[] {
  const connection = data.connections.first(eq("name", connectionName));
  if (connection === undefined) return [];
  return data.organizationConnections.find(matching({ connection_id: connection.id, is_enabled: true }));
}
