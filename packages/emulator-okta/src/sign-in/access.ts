import { eq, isPassword } from "@ai-api-access/emulator-core";
import { appUserKey } from "../apps/record.ts";
import type { AppRecord } from "../apps/record.ts";
import type { OktaContext } from "../context.ts";
import { isEveryone } from "../groups/find.ts";
import { groupMemberKey } from "../groups/record.ts";
import { PEOPLE, SEED_PASSWORD } from "../people.ts";
import type { UserRecord } from "../users/record.ts";

/** The active person with this login and password. */
export function personWith(
  { data }: OktaContext,
  { login, password }: { readonly login: string; readonly password: string },
): UserRecord | undefined {
  const user = data.users.first(eq("login", login));
  const kept = user === undefined ? undefined : data.passwords.get(user.id);
  if (user?.status !== "ACTIVE" || kept === undefined) return undefined;
  return isPassword(password, kept) ? user : undefined;
}

/** Whether somebody may use an application: it is assigned to them, or to a group of theirs. */
export function mayUse({ data }: OktaContext, app: AppRecord, { id: userId }: UserRecord): boolean {
  if (data.appUsers.has(appUserKey({ appId: app.id, userId }))) return true;
  return data.groupAssignments.find(eq("appId", app.id)).some(({ groupId }) => {
    const group = data.groups.get(groupId);
    if (group === undefined) return false;
    return isEveryone(group) || data.groupMembers.has(groupMemberKey({ groupId, userId }));
  });
}

/** The seeded people who still have the first password: anybody at this machine may sign in as them. */
export function peopleToTry(context: OktaContext) {
  const tries = PEOPLE.map(({ email }) => ({ login: email, password: SEED_PASSWORD }));
  return tries.filter((each) => personWith(context, each) !== undefined);
}
