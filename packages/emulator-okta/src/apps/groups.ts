import { z } from "zod";
import { eq, jsonObjectSchema } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound } from "../errors.ts";
import { findGroup } from "../groups/find.ts";
import { link } from "../render.ts";
import { paged, pageReply } from "../paging.ts";
import { appParams, findApp, findOwnApp } from "./find.ts";
import { assignmentKey } from "./record.ts";
import type { GroupAssignmentRecord } from "./record.ts";

const assignmentParams = appParams.extend({ groupId: z.string() });

function findAssignment({ data }: OktaContext, appId: string, groupId: string): GroupAssignmentRecord {
  const found = data.groupAssignments.get(assignmentKey({ appId, groupId }));
  if (found === undefined) throw notFound(groupId, "AppGroup");
  return found;
}

const assignmentBody = z
  .object({ priority: z.int().min(0).nullish(), profile: jsonObjectSchema.nullish() })
  .optional();

function renderAssignment(origin: string, assignment: GroupAssignmentRecord) {
  const { appId, groupId, ...shown } = assignment;
  const app = `/api/v1/apps/${appId}`;
  return {
    id: groupId,
    ...shown,
    _links: {
      app: link(origin, app),
      self: link(origin, `${app}/groups/${groupId}`),
      group: link(origin, `/api/v1/groups/${groupId}`),
    },
  };
}

const all = "/api/v1/apps/:appId/groups";
const one = `${all}/:groupId`;
const read = { access: ["okta.apps.read"], success: 200 } as const;
const manage = { access: ["okta.apps.manage"], success: 200, params: assignmentParams } as const;

/** The groups that may use an application (Okta docs, "Application groups"). */
export const appGroupRoutes = [
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "assignGroupToApplication",
    body: assignmentBody,
    handler: ({ params, body, call }, context) => {
      const { data, now } = context;
      const app = findOwnApp(context, params.appId);
      const assignment = data.groupAssignments.put({
        appId: app.id,
        groupId: findGroup(context, params.groupId).id,
        priority: body?.priority ?? data.groupAssignments.count(eq("appId", app.id)),
        profile: body?.profile ?? {},
        lastUpdated: now(),
      });
      return renderAssignment(call.origin, assignment);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listApplicationGroupAssignments",
    params: appParams,
    query: z.object(paged(200, 20)),
    handler: ({ params, query, call }, context) => {
      const app = findApp(context, params.appId);
      const own = eq<"appId" | "groupId" | "priority" | "key">("appId", app.id);
      const render = (assignment: GroupAssignmentRecord) => renderAssignment(call.origin, assignment);
      return pageReply(context.data.groupAssignments, own, query, call, render, ["priority"]);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getApplicationGroupAssignment",
    params: assignmentParams,
    handler: ({ params, call }, context) => {
      const { id } = findApp(context, params.appId);
      return renderAssignment(call.origin, findAssignment(context, id, params.groupId));
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "unassignApplicationFromGroup",
    success: 204,
    handler: ({ params }, context) => {
      const assignment = findAssignment(context, findOwnApp(context, params.appId).id, params.groupId);
      context.data.groupAssignments.delete(assignmentKey(assignment));
    },
  }),
];
