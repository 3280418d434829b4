import { z } from "zod";
import { jsonObjectSchema } from "@ai-api-access/emulator-core/json.ts";
import type { Call } from "@ai-api-access/emulator-core/routes.ts";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { link } from "../links.ts";
import { paged, pageReply } from "../paging.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { assignmentKey } from "./record.ts";
import type { GroupAssignmentRecord } from "./record.ts";

const assignmentBody = z
  .object({ priority: z.int().min(0).nullish(), profile: jsonObjectSchema.nullish() })
  .optional();

function renderAssignment({ origin }: Call, assignment: GroupAssignmentRecord) {
  const { appId, groupId, lastUpdated, priority, profile } = assignment;
  return {
    id: groupId,
    lastUpdated,
    priority,
    profile,
    _links: {
      app: link(origin, `/api/v1/apps/${appId}`),
      self: link(origin, `/api/v1/apps/${appId}/groups/${groupId}`),
      group: link(origin, `/api/v1/groups/${groupId}`),
    },
  };
}

function findAssignment({ data }: OktaContext, appId: string, groupId: string): GroupAssignmentRecord {
  const found = data.groupAssignments.get(assignmentKey({ appId, groupId }));
  if (found === undefined) throw notFound(groupId, "AppGroup");
  return found;
}

const all = "/api/v1/apps/:appId/groups";
const one = `${all}/:groupId`;
const assignmentParams = appParams.extend({ groupId: z.string() });

/** The groups that may use an application (Okta docs, "Application groups"). */
export const appGroupRoutes = [
  route({
    method: "GET",
    path: all,
    operation: "listApplicationGroupAssignments",
    access: ["okta.apps.read"],
    success: 200,
    params: appParams,
    query: z.object(paged(200, 20)),
    handler: ({ params, query, call }, context) => {
      const app = findApp(context, params.appId);
      const render = (assignment: GroupAssignmentRecord) => renderAssignment(call, assignment);
      const own = eq<"appId" | "groupId" | "priority" | "key">("appId", app.id);
      return pageReply(context.data.groupAssignments, own, query, call, render, ["priority"]);
    },
  }),
  route({
    method: "GET",
    path: one,
    operation: "getApplicationGroupAssignment",
    access: ["okta.apps.read"],
    success: 200,
    params: assignmentParams,
    handler: ({ params, call }, context) =>
      renderAssignment(call, findAssignment(context, findApp(context, params.appId).id, params.groupId)),
  }),
  route({
    method: "PUT",
    path: one,
    operation: "assignGroupToApplication",
    access: ["okta.apps.manage"],
    success: 200,
    params: assignmentParams,
    body: assignmentBody,
    handler: ({ params, body, call }, context) => {
      const { data, now } = context;
      const app = findOwnApp(context, params.appId);
      if (!data.groups.has(params.groupId)) throw notFound(params.groupId, "UserGroup");
      const assignment = data.groupAssignments.put({
        appId: app.id,
        groupId: params.groupId,
        priority: body?.priority ?? data.groupAssignments.count(eq("appId", app.id)),
        profile: body?.profile ?? {},
        lastUpdated: now(),
      });
      return renderAssignment(call, assignment);
    },
  }),
  route({
    method: "DELETE",
    path: one,
    operation: "unassignApplicationFromGroup",
    access: ["okta.apps.manage"],
    success: 204,
    params: assignmentParams,
    handler: ({ params }, context) => {
      const assignment = findAssignment(context, findOwnApp(context, params.appId).id, params.groupId);
      context.data.groupAssignments.delete(assignmentKey(assignment));
    },
  }),
];
