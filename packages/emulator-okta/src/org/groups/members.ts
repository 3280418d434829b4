import { z } from "zod";
import { and, compare, eq } from "@ai-api-access/emulator-core/where.ts";
import { renderApp } from "../../apps/render.ts";
import { route } from "../../context.ts";
import type { OktaContext } from "../../context.ts";
import { listReply, paged, pageReply } from "../../paging.ts";
import { findUser } from "../users/find.ts";
import { renderUserInList } from "../users/render.ts";
import { findGroup, findOwnGroup, groupParams } from "./groups.ts";
import type { GroupRecord } from "./record.ts";

function membershipChanged({ data, now }: OktaContext, group: GroupRecord): void {
  data.groups.put({ ...group, lastMembershipUpdated: now() });
}

const read = { access: ["okta.groups.read"], success: 200 } as const;
const manage = { access: ["okta.groups.manage"], success: 204 } as const;
const one = "/api/v1/groups/:groupId/users/:userId";
const memberParams = groupParams.extend({ userId: z.string() });

/** Who is in a group (Okta docs, "Groups API", "Group member operations"), and the applications it may use. */
export const groupMemberRoutes = [
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups/:groupId/users",
    operation: "listGroupUsers",
    params: groupParams,
    query: z.object(paged(1000)),
    handler: ({ params, query, call }, context) => {
      const { data } = context;
      const group = findGroup(context, params.groupId);
      const render = (user: Parameters<typeof renderUserInList>[1]) => renderUserInList(call.origin, user);
      if (group.type === "BUILT_IN" && group.profile.name === "Everyone") {
        return pageReply(data.users, undefined, query, call, render);
      }
      const { limit } = query;
      const places = data.groupMembers.find(
        and<"groupId" | "userId" | "key">(
          eq("groupId", group.id),
          ...(query.after === undefined ? [] : [compare<"userId">("userId", ">", query.after)]),
        ),
        { order: ["key"], limit: limit + 1 },
      );
      const shown = places.slice(0, limit).flatMap(({ userId }) => data.users.get(userId) ?? []);
      const next = places.length > limit ? shown.at(-1)?.id : undefined;
      return listReply(call, shown.map(render), limit, next);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "assignUserToGroup",
    params: memberParams,
    handler: ({ params }, context) => {
      const group = findOwnGroup(context, params.groupId);
      const user = findUser(context, params.userId);
      context.data.groupMembers.put({ groupId: group.id, userId: user.id });
      membershipChanged(context, group);
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "unassignUserFromGroup",
    params: memberParams,
    handler: ({ params }, context) => {
      const group = findOwnGroup(context, params.groupId);
      const user = findUser(context, params.userId);
      context.data.groupMembers.deleteWhere(
        and<"groupId" | "userId">(eq("groupId", group.id), eq("userId", user.id)),
      );
      membershipChanged(context, group);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/groups/:groupId/apps",
    operation: "listAssignedApplicationsForGroup",
    params: groupParams,
    query: z.object(paged(200, 20)),
    handler: ({ params, query, call }, context) => {
      const { data, org } = context;
      const group = findGroup(context, params.groupId);
      const { limit } = query;
      const assigned = data.groupAssignments.find(
        and<"appId" | "groupId" | "key">(
          eq("groupId", group.id),
          ...(query.after === undefined ? [] : [compare<"appId">("appId", ">", query.after)]),
        ),
        { order: ["appId"], limit: limit + 1 },
      );
      const shown = assigned.slice(0, limit).flatMap(({ appId }) => data.apps.get(appId) ?? []);
      const next = assigned.length > limit ? shown.at(-1)?.id : undefined;
      const apps = shown.map((app) => renderApp(call.origin, org(), app));
      return listReply(call, apps, limit, next);
    },
  }),
];
