import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../../context.ts";

/** Whether a person is a member of an organization. */
export function isMember({ data }: Auth0Context, organizationId: string, userId: string): boolean {
  return data.organizationMembers.has(compositeKey(organizationId, userId));
}

/** Makes a person a member of an organization; who is one already stays as they are. */
export function addMember(context: Auth0Context, organizationId: string, userId: string): void {
  const { data, now } = context;
  if (isMember(context, organizationId, userId)) return;
  data.organizationMembers.insert({ organization_id: organizationId, user_id: userId, created_at: now() });
}

/** Takes a member out of an organization, with the roles held in it. */
export function removeMember({ data }: Auth0Context, organizationId: string, userId: string): void {
  data.organizationMemberRoles.deleteWhere(membership(organizationId, userId));
  data.organizationMembers.delete(compositeKey(organizationId, userId));
}

/** What a person has in an organization. */
export function membership(organizationId: string, userId: string) {
  return and<"organization_id" | "user_id">(eq("organization_id", organizationId), eq("user_id", userId));
}
