import { z } from "zod";
import { eq, like } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notFound, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { paged, pageReply } from "../paging.ts";
import type { GroupRuleRecord } from "./record.ts";

const ids = z.array(z.string()).default([]);
const excluded = z.object({ exclude: ids }).default({ exclude: [] });

const ruleBody = z.object({
  type: z.literal("group_rule").default("group_rule"),
  name: z.string().min(1).max(50),
  conditions: z.object({
    people: z.object({ users: excluded, groups: excluded }).prefault({}),
    expression: z.object({ value: z.string().min(1), type: z.string() }),
  }),
  actions: z.object({ assignUserToGroups: z.object({ groupIds: z.array(z.string()).min(1) }) }),
});

function validateRule(
  { data }: OktaContext,
  { name, actions }: z.output<typeof ruleBody>,
  id?: string,
): void {
  if (data.groupRules.find(eq("name", name)).some((rule) => rule.id !== id)) throw alreadyExists("name");
  const missing = actions.assignUserToGroups.groupIds.find((group) => data.groups.get(group) === undefined);
  if (missing !== undefined) {
    throw validationFailed("actions", `actions.assignUserToGroups.groupIds: Invalid groupId ${missing}`);
  }
}

function findRule({ data }: OktaContext, id: string): GroupRuleRecord {
  const found = data.groupRules.get(id);
  if (found === undefined) throw notFound(id, "GroupRule");
  return found;
}

const render = (rule: GroupRuleRecord) => ({ ...rule, allGroupsValid: true });

const all = "/api/v1/groups/rules";
const one = `${all}/:groupRuleId`;
const ruleParams = z.object({ groupRuleId: z.string() });
const read = { access: ["okta.groups.read"], success: 200 } as const;
const manage = { access: ["okta.groups.manage"], success: 200 } as const;

/** Rules that would put people into groups (Okta docs, "Group Rules API"). They are kept, and put nobody anywhere. */
export const groupRuleRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createGroupRule",
    body: ruleBody,
    handler: ({ body }, context) => {
      validateRule(context, body);
      const times = { created: context.now(), lastUpdated: context.now() };
      const { type, ...rest } = body;
      const rule = { type, id: newId("rule"), status: "INACTIVE" as const, ...times, ...rest };
      return render(context.data.groupRules.insert(rule));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listGroupRules",
    query: z.object({ search: z.string().optional(), ...paged(200, 50) }),
    handler: ({ query, call }, { data }) => {
      const where = query.search === undefined ? undefined : like<"name">("name", `${query.search}*`);
      return pageReply(data.groupRules, where, query, call, render);
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getGroupRule",
    params: ruleParams,
    handler: ({ params }, context) => render(findRule(context, params.groupRuleId)),
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceGroupRule",
    params: ruleParams,
    body: ruleBody,
    handler: ({ params, body }, context) => {
      const rule = findRule(context, params.groupRuleId);
      if (rule.status === "ACTIVE")
        throw notPermitted("An active rule cannot be changed: deactivate it first.");
      validateRule(context, body, rule.id);
      return render(context.data.groupRules.put({ ...rule, ...body, lastUpdated: context.now() }));
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "GroupRule",
    success: 204,
    params: ruleParams,
    set: (status, { params }, context) => {
      const rule = findRule(context, params.groupRuleId);
      context.data.groupRules.put({ ...rule, status, lastUpdated: context.now() });
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteGroupRule",
    success: 202,
    params: ruleParams,
    handler: ({ params }, context) => {
      const rule = findRule(context, params.groupRuleId);
      if (rule.status === "ACTIVE")
        throw notPermitted("An active rule cannot be deleted: deactivate it first.");
      context.data.groupRules.delete(rule.id);
      return {};
    },
  }),
];
