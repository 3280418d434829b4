import { z } from "zod";
import type { OktaContext } from "../context.ts";
import { notFound, notPermitted } from "../errors.ts";
import type { GroupRecord } from "./record.ts";

/** The path parameter that names a group. */
export const groupParams = z.object({ groupId: z.string() });

/** The group with this id. Throws 404. */
export function findGroup({ data }: OktaContext, id: string): GroupRecord {
  const found = data.groups.get(id);
  if (found === undefined) throw notFound(id, "UserGroup");
  return found;
}

/** The same for a change: Okta's own groups cannot be changed. */
export function findOwnGroup(context: OktaContext, id: string): GroupRecord {
  const found = findGroup(context, id);
  if (found.type === "BUILT_IN") throw notPermitted("A built-in group cannot be changed.");
  return found;
}

/** Whether all users are in this group, without a membership. */
export function isEveryone({ type, profile }: GroupRecord): boolean {
  return type === "BUILT_IN" && profile.name === "Everyone";
}
