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

/**
 * The place of a group among those of an application, where no two share one: the asked one, to which the groups that
 * are there make room; its own as before; or the first that is free.
 */
function priorityFor(
  { data: { groupAssignments } }: OktaContext,
  appId: string,
  groupId: string,
  asked: number | null | undefined,
): number {
  const all = groupAssignments.find(eq("appId", appId), { order: ["priority", "key"] });
  const others = all.filter((one) => one.groupId !== groupId);
  if (asked === undefined || asked === null) {
    const taken = new Set(others.map(({ priority }) => priority));
    const free = Array.from({ length: others.length + 1 }, (_, place) => place).find(
      (place) => !taken.has(place),
    );
    return all.find((one) => one.groupId === groupId)?.priority ?? free ?? 0;
  }
  let taken = asked;
  for (const other of others) {
    if (other.priority !== taken) continue;
    taken += 1;
    groupAssignments.put({ ...other, priority: taken });
  }
  return asked;
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
      const groupId = findGroup(context, params.groupId).id;
      const assignment = data.groupAssignments.put({
        appId: app.id,
        groupId,
        priority: priorityFor(context, app.id, groupId, body?.priority),
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
