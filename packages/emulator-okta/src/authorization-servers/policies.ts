import { z } from "zod";
import { and, eq, without } from "@ai-api-access/emulator-core";
import { status, withDefault } from "../body.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { alreadyExists, notPermitted, validationFailed } from "../errors.ts";
import { newId } from "../ids.ts";
import { lifecycleRoutes } from "../lifecycle.ts";
import { wholeReply } from "../paging.ts";
import { lifecycleLink, link } from "../render.ts";
import { findPolicy, findServer, policyParams, serverParams, serverPath } from "./find.ts";
import { numbered, putAt } from "./priority.ts";
import type { PolicyRecord, ServerRecord } from "./record.ts";

/** A server's policies in the order in which they are tried. */
export function policiesOf({ data }: OktaContext, serverId: string): PolicyRecord[] {
  return data.policies.find(eq("serverId", serverId), { order: ["priority"] });
}

const policyBody = z.object({
  type: z.literal("OAUTH_AUTHORIZATION_POLICY", "Invalid policy type specified"),
  name: z.string().min(1).max(100),
  description: z.string().min(1).max(255),
  priority: z.int().min(1).nullish(),
  status: withDefault(status, "ACTIVE"),
  conditions: z.object({ clients: z.object({ include: z.array(z.string()).min(1) }) }),
});

type PolicyBody = z.output<typeof policyBody>;

function validatePolicy({ data }: OktaContext, server: ServerRecord, body: PolicyBody, id?: string): void {
  const sameName = data.policies.find(and(eq("serverId", server.id), eq("name", body.name)));
  if (sameName.some((policy) => policy.id !== id)) throw alreadyExists("name");
  const field = "conditions.clients.include";
  const { include } = body.conditions.clients;
  if (include.includes("ALL_CLIENTS") && include.length > 1) {
    throw validationFailed(field, `${field}: 'ALL_CLIENTS' cannot stand beside client ids`);
  }
  const unknown = include.filter(
    (client) => client !== "ALL_CLIENTS" && data.apps.first(eq("clientId", client)) === undefined,
  );
  if (unknown.length > 0) {
    throw validationFailed(field, `${field}: not a client of this org: ${unknown.join(", ")}`);
  }
}

/** A policy as Okta answers it. */
function renderPolicy(origin: string, server: ServerRecord, policy: PolicyRecord) {
  const path = `${serverPath(server)}/policies/${policy.id}`;
  return {
    ...without(policy, "serverId", "clients"),
    conditions: { clients: { include: policy.clients } },
    _links: {
      self: link(origin, path, "GET", "PUT", "DELETE"),
      rules: link(origin, `${path}/rules`, "GET"),
      ...lifecycleLink(origin, path, policy.status),
    },
    type: "OAUTH_AUTHORIZATION_POLICY",
  };
}

const all = "/api/v1/authorizationServers/:authServerId/policies";
const one = `${all}/:policyId`;
const read = { access: ["okta.authorizationServers.read"], success: 200 } as const;
const manage = { access: ["okta.authorizationServers.manage"], success: 200 } as const;

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
      validatePolicy(context, server, body);
      const now = context.now();
      const policy: PolicyRecord = {
        id: newId("policy"),
        serverId: server.id,
        status: body.status,
        name: body.name,
        description: body.description,
        priority: 0,
        system: false,
        clients: body.conditions.clients.include,
        created: now,
        lastUpdated: now,
      };
      return renderPolicy(
        call.origin,
        server,
        putAt(context.data.policies, policiesOf(context, server.id), policy, body.priority ?? undefined),
      );
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
      const found = policiesOf(context, server.id);
      return wholeReply(call, found, (policy) => renderPolicy(call.origin, server, policy));
    },
  }),
  route({
    ...read,
    method: "GET",
    path: one,
    operation: "getAuthorizationServerPolicy",
    params: policyParams,
    handler: ({ params, call }, context) => {
      const { server, policy } = findPolicy(context, params);
      return renderPolicy(call.origin, server, policy);
    },
  }),
  route({
    ...manage,
    method: "PUT",
    path: one,
    operation: "replaceAuthorizationServerPolicy",
    params: policyParams,
    body: policyBody,
    handler: ({ params, body, call }, context) => {
      const { server, policy } = findPolicy(context, params);
      validatePolicy(context, server, body, policy.id);
      // The status has its own operations: a PUT leaves it as it is.
      const changed: PolicyRecord = {
        ...policy,
        name: body.name,
        description: body.description,
        clients: body.conditions.clients.include,
        lastUpdated: context.now(),
      };
      return renderPolicy(
        call.origin,
        server,
        putAt(
          context.data.policies,
          policiesOf(context, server.id),
          changed,
          body.priority ?? policy.priority,
        ),
      );
    },
  }),
  ...lifecycleRoutes({
    ...manage,
    path: one,
    of: "AuthorizationServerPolicy",
    success: 204,
    params: policyParams,
    set: (status, { params }, context) => {
      const { policy } = findPolicy(context, params);
      context.data.policies.put({ ...policy, status, lastUpdated: context.now() });
    },
  }),
  route({
    ...manage,
    method: "DELETE",
    path: one,
    operation: "deleteAuthorizationServerPolicy",
    success: 204,
    params: policyParams,
    handler: ({ params }, context) => {
      const { server, policy } = findPolicy(context, params);
      if (policy.system) throw notPermitted("A policy of the system cannot be deleted.");
      context.data.rules.deleteWhere(eq("policyId", policy.id));
      context.data.policies.delete(policy.id);
      for (const each of numbered(policiesOf(context, server.id))) context.data.policies.put(each);
    },
  }),
];
