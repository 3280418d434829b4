import { z } from "zod";
import { eq, without } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, notPermitted } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { wholeReply } from "../paging.ts";
import { lifecycleLink, link } from "../render.ts";
import { findPolicy, policyParams, serverPath } from "./find.ts";
import { numbered, putAt } from "./priority.ts";
import type { RuleRecord, ServerRecord } from "./record.ts";
import { partsOf, ruleBody, validateRule } from "./rule-body.ts";

const ruleParams = policyParams.extend({ ruleId: z.string() });

function findRule(context: OktaContext, params: z.output<typeof ruleParams>) {
  const parents = findPolicy(context, params);
  const rule = context.data.rules.get(params.ruleId);
  if (rule?.policyId !== parents.policy.id) throw notFound(params.ruleId, "PolicyRule");
  return { ...parents, rule };
}

/** A policy's rules in the order in which they are tried. */
export function rulesOf({ data }: OktaContext, policyId: string): RuleRecord[] {
  return data.rules.find(eq("policyId", policyId), { order: ["priority"] });
}

/** A rule as Okta answers it. */
function renderRule(origin: string, server: ServerRecord, rule: RuleRecord) {
  const path = `${serverPath(server)}/policies/${rule.policyId}/rules/${rule.id}`;
  const { people, grantTypes, scopes, token } = rule;
  const { inlineHookId, ...lifetimes } = token;
  return {
    ...without(rule, "serverId", "policyId", "people", "grantTypes", "scopes", "token"),
    conditions: { people, grantTypes: { include: grantTypes }, scopes: { include: scopes } },
    actions: {
      token: { ...lifetimes, ...(inlineHookId === undefined ? {} : { inlineHook: { id: inlineHookId } }) },
    },
    _links: {
      self: link(origin, path, "GET", "PUT", "DELETE"),
      ...lifecycleLink(origin, path, rule.status),
    },
    type: "RESOURCE_ACCESS",
  };
}

const all = "/api/v1/authorizationServers/:authServerId/policies/:policyId/rules";
const one = `${all}/:ruleId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"], success: 200 } as const;

/** Rules of access policies (Okta docs, "Authorization Servers API", "Rules"). */
export const ruleRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createAuthorizationServerPolicyRule",
    success: 201,
    params: policyParams,
    body: ruleBody,
    handler: ({ params, body, call }, context) => {
      const { server, policy } = findPolicy(context, params);
      const parts = partsOf(body);
      validateRule(context, policy, parts);
      const now = context.now();
      const rule: RuleRecord = {
        id: newId("rule"),
        serverId: server.id,
        policyId: policy.id,
        status: body.status,
        priority: 0,
        system: false,
        created: now,
        lastUpdated: now,
        ...parts,
      };
      return renderRule(
        call.origin,
        server,
        putAt(context.data.rules, rulesOf(context, policy.id), rule, body.priority ?? undefined),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listAuthorizationServerPolicyRules",
    params: policyParams,
    handler: ({ params, call }, context) => {
      const { server, policy } = findPolicy(context, params);
      const found = rulesOf(context, policy.id);
      return wholeReply(call, found, (rule) => renderRule(call.origin, server, rule));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getAuthorizationServerPolicyRule",
    params: ruleParams,
    handler: ({ params, call }, context) => {
      const { server, rule } = findRule(context, params);
      return renderRule(call.origin, server, rule);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceAuthorizationServerPolicyRule",
    params: ruleParams,
    body: ruleBody,
    handler: ({ params, body, call }, context) => {
      const { server, policy, rule } = findRule(context, params);
      const parts = partsOf(body);
      validateRule(context, policy, parts, rule.id);
      // The status has its own operations: a PUT leaves it as it is.
      const changed = { ...rule, ...parts, lastUpdated: context.now() };
      return renderRule(
        call.origin,
        server,
        putAt(context.data.rules, rulesOf(context, policy.id), changed, body.priority ?? rule.priority),
      );
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "AuthorizationServerPolicyRule",
    success: 204,
    params: ruleParams,
    set: (status, { params }, context) => {
      const { rule } = findRule(context, params);
      context.data.rules.put({ ...rule, status, lastUpdated: context.now() });
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServerPolicyRule",
    success: 204,
    params: ruleParams,
    handler: ({ params }, context) => {
      const { policy, rule } = findRule(context, params);
      if (rule.system) throw notPermitted("A rule of the system cannot be deleted.");
      context.data.rules.delete(rule.id);
      for (const each of numbered(rulesOf(context, policy.id))) context.data.rules.put(each);
    },
  }),
];
