import { z } from "zod";
import { and, eq } from "@ai-api-access/emulator-core/where.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { link } from "../links.ts";
import { wholeReply } from "../paging.ts";
import { findPolicy, findServer, policyParams, serverParams, serverPath, serverRef } from "./find.ts";
import { numbered, placed } from "./priority.ts";
import type { PolicyRecord, ServerRecord } from "./record.ts";

const policyBody = z.object({
  type: z.literal("OAUTH_AUTHORIZATION_POLICY", "Invalid policy type specified"),
  name: z.string().min(1).max(100),
  description: z.string().min(1).max(255),
  priority: z.int().min(1).nullish(),
  status: z.enum(["ACTIVE", "INACTIVE"]).nullish(),
  conditions: z.object({ clients: z.object({ include: z.array(z.string()).min(1) }) }),
});

type PolicyBody = z.output<typeof policyBody>;

/** A policy as Okta answers it. */
export function renderPolicy(origin: string, server: ServerRecord, policy: PolicyRecord) {
  const path = `${serverPath(serverRef(server))}/policies/${policy.id}`;
  const turn = policy.status === "ACTIVE" ? "deactivate" : "activate";
  return {
    id: policy.id,
    status: policy.status,
    name: policy.name,
    description: policy.description,
    priority: policy.priority,
    system: policy.system,
    conditions: { clients: { include: policy.clients } },
    created: policy.created,
    lastUpdated: policy.lastUpdated,
    _links: {
      self: link(origin, path, "GET", "PUT", "DELETE"),
      rules: link(origin, `${path}/rules`, "GET"),
      [turn]: link(origin, `${path}/lifecycle/${turn}`, "POST"),
    },
    type: "OAUTH_AUTHORIZATION_POLICY",
  };
}

/** A server's policies in the order in which they are tried. */
export function policiesOf({ data }: OktaContext, serverId: string): PolicyRecord[] {
  return data.policies.find(eq("serverId", serverId), { order: ["priority"] });
}

function requireSound({ data }: OktaContext, server: ServerRecord, body: PolicyBody, id?: string): void {
  const sameName = data.policies.find(and(eq("serverId", server.id), eq("name", body.name)));
  if (sameName.some((policy) => policy.id !== id)) throw alreadyExists("name");
  const { include } = body.conditions.clients;
  if (include.includes("ALL_CLIENTS") && include.length > 1) {
    throw validationFailed(
      "conditions.clients.include",
      "conditions.clients.include: 'ALL_CLIENTS' cannot stand beside client ids",
    );
  }
  const unknown = include.filter(
    (client) => client !== "ALL_CLIENTS" && data.apps.first(eq("clientId", client)) === undefined,
  );
  if (unknown.length > 0) {
    throw validationFailed(
      "conditions.clients.include",
      `conditions.clients.include: not a client of this org: ${unknown.join(", ")}`,
    );
  }
}

/** Writes a policy at its place; the others of its server make room. */
function put(context: OktaContext, policy: PolicyRecord, wanted: number | undefined): PolicyRecord {
  const all = placed(policiesOf(context, policy.serverId), policy, wanted);
  for (const each of all) context.data.policies.put(each);
  return all.find(({ id }) => id === policy.id) ?? policy;
}

const all = "/api/v1/authorizationServers/:authServerId/policies";
const one = `${all}/:policyId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"] } as const;

const lifecycleRoutes = (["activate", "deactivate"] as const).map((turn) =>
  route({
    ...manage,
    method: "POST",
    path: `${one}/lifecycle/${turn}`,
    operation: `${turn}AuthorizationServerPolicy`,
    success: 204,
    params: policyParams,
    handler: ({ params }, context) => {
      const policy = findPolicy(context, findServer(context, params.authServerId), params.policyId);
      const status = turn === "activate" ? "ACTIVE" : "INACTIVE";
      context.data.policies.put({ ...policy, status, lastUpdated: context.now() });
    },
  }),
);

/** Access policies of authorization servers (Okta docs, "Authorization Servers API", "Policies"). */
export const policyRoutes = [
  route({
    ...manage,
    method: "POST",
    path: all,
    operation: "createAuthorizationServerPolicy",
    success: 201,
    params: serverParams,
    body: policyBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      requireSound(context, server, body);
      const now = context.now();
      const policy: PolicyRecord = {
        id: newId("policy"),
        serverId: server.id,
        status: body.status ?? "ACTIVE",
        name: body.name,
        description: body.description,
        priority: 0,
        system: false,
        clients: body.conditions.clients.include,
        created: now,
        lastUpdated: now,
      };
      return renderPolicy(call.origin, server, put(context, policy, body.priority ?? undefined));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: all,
    operation: "listAuthorizationServerPolicies",
    params: serverParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      return wholeReply(
        call,
        policiesOf(context, server.id).map((policy) => renderPolicy(call.origin, server, policy)),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getAuthorizationServerPolicy",
    params: policyParams,
    handler: ({ params, call }, context) => {
      const server = findServer(context, params.authServerId);
      return renderPolicy(call.origin, server, findPolicy(context, server, params.policyId));
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceAuthorizationServerPolicy",
    success: 200,
    params: policyParams,
    body: policyBody,
    handler: ({ params, body, call }, context) => {
      const server = findServer(context, params.authServerId);
      const before = findPolicy(context, server, params.policyId);
      requireSound(context, server, body, before.id);
      // The status has its own operations: a PUT leaves it as it is.
      const policy: PolicyRecord = {
        ...before,
        name: body.name,
        description: body.description,
        clients: body.conditions.clients.include,
        lastUpdated: context.now(),
      };
      return renderPolicy(call.origin, server, put(context, policy, body.priority ?? before.priority));
    },
  }),
  ...lifecycleRoutes,
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServerPolicy",
    success: 204,
    params: policyParams,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      const policy = findPolicy(context, server, params.policyId);
      if (policy.system) throw notPermitted("A policy of the system cannot be deleted.");
      context.data.rules.deleteWhere(eq("policyId", policy.id));
      context.data.policies.delete(policy.id);
      for (const each of numbered(policiesOf(context, server.id))) context.data.policies.put(each);
    },
  }),
];
