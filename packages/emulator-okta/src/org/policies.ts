import { z } from "zod";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { wholeReply } from "../paging.ts";
import { link } from "../render.ts";
import { DEFAULT_POLICY_TYPES, renderDefaultPolicy } from "./default-policies.ts";
import type { AccessPolicyRecord } from "./record.ts";

/** The authentication policy with this id. Throws 404. */
export function findAccessPolicy({ data }: OktaContext, id: string): AccessPolicyRecord {
  const found = data.accessPolicies.get(id);
  if (found === undefined) throw notFound(id, "Policy");
  return found;
}

function renderAccessPolicy(origin: string, policy: AccessPolicyRecord) {
  const { resourceType = "APP", ...shown } = policy;
  const path = `/api/v1/policies/${policy.id}`;
  const changes = resourceType !== "APP" ? [] : policy.system ? ["PUT"] : ["PUT", "DELETE"];
  return {
    ...shown,
    status: "ACTIVE",
    priority: 1,
    conditions: null,
    _links: {
      self: link(origin, path, "GET", ...changes),
      rules: link(origin, `${path}/rules`, "GET", "POST"),
      ...(policy.system || resourceType !== "APP"
        ? {}
        : {
            mappings: link(origin, `${path}/mappings`, "GET", "POST"),
            deactivate: link(origin, `${path}/lifecycle/deactivate`, "POST"),
          }),
    },
    _embedded: { resourceType },
    type: "ACCESS_POLICY",
  };
}

const read = { access: ["okta.policies.read"], success: 200 } as const;

/** Authentication policies and the default policy of each other type (Okta docs, "Policies API"): to be looked up. */
export const accessPolicyRoutes = [
  route({
    ...read,
    method: "GET",
    path: "/api/v1/policies",
    operation: "listPolicies",
    query: z.object({ type: z.string().optional() }),
    handler: ({ query, call }, context) => {
      const { type = "" } = query;
      if (DEFAULT_POLICY_TYPES.includes(type))
        return wholeReply(call, [type], (only) => renderDefaultPolicy(context, call.origin, only));
      if (type !== "ACCESS_POLICY") throw validationFailed("type", "type: Invalid policy type specified");
      return wholeReply(call, context.data.accessPolicies.find(), (policy) =>
        renderAccessPolicy(call.origin, policy),
      );
    },
  }),
  route({
    ...read,
    method: "GET",
    path: "/api/v1/policies/:policyId",
    operation: "getPolicy",
    params: z.object({ policyId: z.string() }),
    handler: ({ params, call }, context) =>
      renderAccessPolicy(call.origin, findAccessPolicy(context, params.policyId)),
  }),
];
