import { eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";
import type { ClientRecord } from "../../management/clients/record.ts";
import { giveRoles } from "../../management/organizations/member-roles.ts";
import { addMember } from "../../management/organizations/membership.ts";
import type { InvitationRecord, OrganizationRecord } from "../../management/organizations/record.ts";
import type { TransactionRecord } from "../record.ts";
import { AuthorizeError, invalidRequest } from "./answer.ts";

/**
 * What an authorization request asks for when it brings an invitation's ticket: the invited person's sign-up, or
 * their login where the tenant knows them. Throws for an invitation that is used, withdrawn, too old, or for somebody
 * else's application or organization.
 */
export function invitationDemand(
  { data, clock }: Auth0Context,
  client: ClientRecord,
  organization: OrganizationRecord | undefined,
  ticket: string | undefined,
): Partial<Pick<TransactionRecord, "invitation_id" | "login_hint" | "connection" | "screen">> {
  if (ticket === undefined) return {};
  const found = data.invitations.first(eq("ticket_id", ticket));
  const fits = found?.organization_id === organization?.id && found?.client_id === client.client_id;
  if (found === undefined || !fits || Date.parse(found.expires_at) < clock()) {
    throw invalidRequest("invitation not found or already used");
  }
  const { id, invitee, connection_id: connectionId } = found;
  const connection = connectionId === undefined ? undefined : data.connections.get(connectionId)?.name;
  return {
    invitation_id: id,
    login_hint: invitee.email,
    screen: data.users.first(eq("email", invitee.email)) === undefined ? "signup" : "login",
    ...(connection === undefined ? {} : { connection }),
  };
}

/** The invitation that a request on its way brought, until it is accepted. */
export function invitationOf(
  { data }: Auth0Context,
  { invitation_id: id }: Pick<TransactionRecord, "invitation_id">,
): InvitationRecord | undefined {
  return id === undefined ? undefined : data.invitations.get(id);
}

/** Whether somebody is the person that an invitation is for: its email address says so. */
export function isInvited({ data }: Auth0Context, { invitee }: InvitationRecord, userId: string): boolean {
  return data.users.get(userId)?.email?.toLowerCase() === invitee.email.toLowerCase();
}

/**
 * Makes the invited person a member with the invitation's roles and metadata, and the invitation is gone. Throws for
 * anybody else.
 */
export function acceptInvitation(context: Auth0Context, invitation: InvitationRecord, userId: string): void {
  const { data } = context;
  const user = data.users.get(userId);
  if (user === undefined || !isInvited(context, invitation, userId)) {
    throw new AuthorizeError("access_denied", "the invitation is for another email address");
  }
  const { id, organization_id: organizationId, roles = [] } = invitation;
  addMember(context, organizationId, userId);
  giveRoles(
    context,
    { id: organizationId, user_id: userId },
    roles.filter((role) => data.roles.has(role)),
  );
  data.users.put({
    ...user,
    ...metadata("app_metadata", user.app_metadata, invitation.app_metadata),
    ...metadata("user_metadata", user.user_metadata, invitation.user_metadata),
  });
  data.invitations.delete(id);
}

type Metadata = InvitationRecord["app_metadata"];

function metadata(name: "app_metadata" | "user_metadata", old: Metadata, added: Metadata) {
  return added === undefined ? {} : { [name]: { ...old, ...added } };
}
