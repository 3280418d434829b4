import { z } from "zod";
import { and, compare, eq } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { listReply, paged, pageReply } from "../paging.ts";
import { findUser } from "../users/find.ts";
import type { UserRecord } from "../users/record.ts";
import { renderUserInList } from "../users/render.ts";
import { findGroup, findOwnGroup, groupParams, isEveryone } from "./find.ts";
import type { GroupMemberRecord } from "./record.ts";

const memberParams = groupParams.extend({ userId: z.string() });

/** Lets `write` change a membership, and notes the time in the group. */
function changeMembership(
  context: OktaContext,
  params: z.output<typeof memberParams>,
  write: (member: GroupMemberRecord) => void,
): void {
  const group = findOwnGroup(context, params.groupId);
  write({ groupId: group.id, userId: findUser(context, params.userId).id });
  context.data.groups.put({ ...group, lastMembershipUpdated: context.now() });
}

const all = "/api/v1/groups/:groupId/users";
const manage = { access: ["okta.groups.manage"], success: 204, params: memberParams } as const;

/** Who is in a group (Okta docs, "Groups API", "Group member operations"). */
export const groupMemberRoutes = [
  route({
    method: "GET",
    path: all,
    operation: "listGroupUsers",
    access: ["okta.groups.read"],
    success: 200,
    params: groupParams,
    query: z.object(paged(1000)),
    handler: ({ params, query, call }, context) => {
      const { data } = context;
      const org = context.org();
      const group = findGroup(context, params.groupId);
      const render = (user: UserRecord) => renderUserInList(call.origin, org, user);
      if (isEveryone(group)) return pageReply(data.users, undefined, query, call, render);
      const { limit, after } = query;
      const members = data.groupMembers.find(
        and<"groupId" | "userId" | "key">(
          eq("groupId", group.id),
          ...(after === undefined ? [] : [compare<"userId">("userId", ">", after)]),
        ),
        { order: ["key"], limit: limit + 1 },
      );
      const shown = members.slice(0, limit).flatMap(({ userId }) => data.users.get(userId) ?? []);
      const next = members.length > limit ? shown.at(-1)?.id : undefined;
      return listReply(call, shown.map(render), limit, next);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: `${all}/:userId`,
    operation: "assignUserToGroup",
    handler: ({ params }, context) => {
      changeMembership(context, params, (member) => context.data.groupMembers.put(member));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: `${all}/:userId`,
    operation: "unassignUserFromGroup",
    handler: ({ params }, context) => {
      const { groupMembers } = context.data;
      changeMembership(context, params, (member) => groupMembers.delete(groupMembers.spec.key(member)));
    },
  }),
];
