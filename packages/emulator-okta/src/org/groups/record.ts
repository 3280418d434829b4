import { z } from "zod";
import type { CollectionSpec } from "@ai-api-access/emulator-core/collection.ts";
import { jsonObjectSchema } from "@ai-api-access/emulator-core/json.ts";

/** A group; `BUILT_IN` ones are Okta's own. */
export const groupRecord = z.object({
  id: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  lastMembershipUpdated: z.string(),
  type: z.enum(["BUILT_IN", "OKTA_GROUP"]),
  profile: jsonObjectSchema.and(z.object({ name: z.string(), description: z.string().nullable() })),
});

/** A group. */
export type GroupRecord = z.output<typeof groupRecord>;

/** The groups of the org. */
export const groups: CollectionSpec<GroupRecord, "name" | "type"> = {
  name: "groups",
  schema: groupRecord,
  key: (group) => group.id,
  columns: {
    name: { of: (group) => group.profile.name, unique: true, ignoreCase: true },
    type: { of: (group) => group.type },
  },
};

/** That a person is in a group. In the group "Everyone" everybody is, without one of these. */
export const memberRecord = z.object({ groupId: z.string(), userId: z.string() });

/** That a person is in a group. */
export type MemberRecord = z.output<typeof memberRecord>;

/** The key of a person's place in a group. */
export function memberKey({ groupId, userId }: MemberRecord): string {
  return `${groupId}/${userId}`;
}

/** Who is in which group. */
export const groupMembers: CollectionSpec<MemberRecord, "groupId" | "userId"> = {
  name: "group_members",
  schema: memberRecord,
  key: memberKey,
  columns: { groupId: { of: ({ groupId }) => groupId }, userId: { of: ({ userId }) => userId } },
  indexes: [["groupId", "key"]],
};
