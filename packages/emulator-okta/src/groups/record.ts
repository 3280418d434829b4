import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core";
import type { CollectionSpec } from "@ai-api-access/emulator-core";
import { status } from "../body.ts";

const groupRecord = z.object({
  id: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  lastMembershipUpdated: z.string(),
  type: z.enum(["BUILT_IN", "OKTA_GROUP"]),
  profile: jsonObjectSchema.and(z.object({ name: z.string(), description: z.string().nullable() })),
});

/** A group; `BUILT_IN` ones are Okta's own. */
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

const groupMemberRecord = z.object({ groupId: z.string(), userId: z.string() });

/** A user's membership in a group. All users are in the group "Everyone", without one of these. */
export type GroupMemberRecord = z.output<typeof groupMemberRecord>;

/** The key of a membership. */
export function groupMemberKey({ groupId, userId }: GroupMemberRecord): string {
  return `${groupId}/${userId}`;
}

/** The members of all groups. */
export const groupMembers: CollectionSpec<GroupMemberRecord, "groupId" | "userId"> = {
  name: "group_members",
  schema: groupMemberRecord,
  key: groupMemberKey,
  columns: { groupId: { of: ({ groupId }) => groupId }, userId: { of: ({ userId }) => userId } },
  indexes: [["groupId", "key"]],
};

const groupRuleRecord = z.object({
  type: z.literal("group_rule"),
  id: z.string(),
  status,
  name: z.string(),
  created: z.string(),
  lastUpdated: z.string(),
  conditions: jsonObjectSchema,
  actions: jsonObjectSchema,
});

/** A rule that would put people into groups. */
export type GroupRuleRecord = z.output<typeof groupRuleRecord>;

/** The group rules of the org. */
export const groupRules: CollectionSpec<GroupRuleRecord, "name"> = {
  name: "group_rules",
  schema: groupRuleRecord,
  key: (rule) => rule.id,
  columns: { name: { of: (rule) => rule.name, unique: true, ignoreCase: true } },
};
