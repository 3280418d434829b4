import { z } from "zod";
import { eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, notPermitted } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { wholeReply } from "../paging.ts";
import { findPolicy, findServer, policyParams, serverPath, serverRef } from "./find.ts";
import { numbered, placed } from "./priority.ts";
import type { PolicyRecord, RuleRecord, ServerRecord } from "./record.ts";
import { partsOf, requireSound, ruleBody } from "./rule-body.ts";

/** A rule as Okta answers it. */
export function renderRule(origin: string, server: ServerRecord, rule: RuleRecord) {
  const path = `${serverPath(serverRef(server))}/policies/${rule.policyId}/rules/${rule.id}`;
  const turn = rule.status === "ACTIVE" ? "deactivate" : "activate";
  const { inlineHookId, ...lifetimes } = rule.token;
  return {
    id: rule.id,
    status: rule.status,
    name: rule.name,
    priority: rule.priority,
    created: rule.created,
    lastUpdated: rule.lastUpdated,
    system: rule.system,
    conditions: {
      people: rule.people,
      grantTypes: { include: rule.grantTypes },
      scopes: { include: rule.scopes },
    },
    actions: {
      token: { ...lifetimes, ...(inlineHookId === undefined ? {} : { inlineHook: { id: inlineHookId } }) },
    },
    _links: {
      self: link(origin, path, "GET", "PUT", "DELETE"),
      [turn]: link(origin, `${path}/lifecycle/${turn}`, "POST"),
    },
    type: "RESOURCE_ACCESS",
  };
}

/** A policy's rules in the order in which they are tried. */
export function rulesOf({ data }: OktaContext, policyId: string): RuleRecord[] {
  return data.rules.find(eq("policyId", policyId), { order: ["priority"] });
}

/** Writes a rule at its place; the others of its policy make room. */
function put(context: OktaContext, rule: RuleRecord, wanted: number | undefined): RuleRecord {
  const all = placed(rulesOf(context, rule.policyId), rule, wanted);
  for (const each of all) context.data.rules.put(each);
  return all.find(({ id }) => id === rule.id) ?? rule;
}

interface Found {
  readonly server: ServerRecord;
  readonly policy: PolicyRecord;
  readonly rule: RuleRecord;
}

function find(context: OktaContext, params: z.output<typeof ruleParams>): Found {
  const server = findServer(context, params.authServerId);
  const policy = findPolicy(context, server, params.policyId);
  const rule = context.data.rules.get(params.ruleId);
  if (rule?.policyId !== policy.id) throw notFound(params.ruleId, "PolicyRule");
  return { server, policy, rule };
}

const all = "/api/v1/authorizationServers/:authServerId/policies/:policyId/rules";
const one = `${all}/:ruleId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"] } as const;
const ruleParams = policyParams.extend({ ruleId: z.string() });

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}AuthorizationServerPolicyRule`,
    success: 204,
    params: ruleParams,
    handler: ({ params }, context) => {
      const { rule } = find(context, params);
      const status = turn === "activate" ? "ACTIVE" : "INACTIVE";
      context.data.rules.put({ ...rule, status, lastUpdated: context.now() });
    },
  }),
);

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
      const server = findServer(context, params.authServerId);
      const policy = findPolicy(context, server, params.policyId);
      const parts = partsOf(body);
      requireSound(context, policy, parts);
      const now = context.now();
      const rule: RuleRecord = {
        id: newId("rule"),
        serverId: server.id,
        policyId: policy.id,
        status: body.status ?? "ACTIVE",
        priority: 0,
        system: false,
        created: now,
        lastUpdated: now,
        ...parts,
      };
      return renderRule(call.origin, server, put(context, rule, body.priority ?? undefined));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listAuthorizationServerPolicyRules",
    params: policyParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      const policy = findPolicy(context, server, params.policyId);
      return wholeReply(
        call,
        rulesOf(context, policy.id).map((rule) => renderRule(call.origin, server, rule)),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getAuthorizationServerPolicyRule",
    params: ruleParams,
    handler: ({ params, call }, context) => {
      const { server, rule } = find(context, params);
      return renderRule(call.origin, server, rule);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceAuthorizationServerPolicyRule",
    success: 200,
    params: ruleParams,
    body: ruleBody,
    handler: ({ params, body, call }, context) => {
      const { server, policy, rule } = find(context, params);
      const parts = partsOf(body);
      requireSound(context, policy, parts, rule.id);
      // The status has its own operations: a PUT leaves it as it is.
      const changed = put(
        context,
        { ...rule, ...parts, lastUpdated: context.now() },
        body.priority ?? rule.priority,
      );
      return renderRule(call.origin, server, changed);
    },
  }),
  ...lifecycleRoutes,
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServerPolicyRule",
    success: 204,
    params: ruleParams,
    handler: ({ params }, context) => {
      const { policy, rule } = find(context, params);
      if (rule.system) throw notPermitted("A rule of the system cannot be deleted.");
      context.data.rules.delete(rule.id);
      for (const each of numbered(rulesOf(context, policy.id))) context.data.rules.put(each);
    },
  }),
];
