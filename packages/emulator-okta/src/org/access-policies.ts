import { z } from "zod";
import { route } from "../context.ts";
import { notFound, validationFailed } from "../errors.ts";
import { link } from "../links.ts";
import { wholeReply } from "../paging.ts";
import type { AccessPolicyRecord } from "./record.ts";

/** An authentication policy as Okta answers it. */
function renderAccessPolicy(origin: string, policy: AccessPolicyRecord) {
  const path = `/api/v1/policies/${policy.id}`;
  const resourceType = policy.resourceType ?? "APP";
  const rules = link(origin, `${path}/rules`, "GET", "POST");
  const changes = resourceType !== "APP" ? [] : policy.system ? ["PUT"] : ["PUT", "DELETE"];
  const self = link(origin, path, "GET", ...changes);
  const links =
    policy.system || resourceType !== "APP"
      ? { self, rules }
      : {
          mappings: link(origin, `${path}/mappings`, "GET", "POST"),
          self,
          rules,
          deactivate: link(origin, `${path}/lifecycle/deactivate`, "POST"),
        };
  return {
    id: policy.id,
    status: "ACTIVE",
    name: policy.name,
    ...(policy.description === undefined ? {} : { description: policy.description }),
    priority: 1,
    system: policy.system,
    conditions: null,
    created: policy.created,
    lastUpdated: policy.lastUpdated,
    _links: links,
    _embedded: { resourceType },
    type: "ACCESS_POLICY",
  };
}

/** Authentication policies (Okta docs, "Policies API"): only looking them up, of the type ACCESS_POLICY. */
export const accessPolicyRoutes = [
  route({
    method: "GET",
    path: "/api/v1/policies",
    operation: "listPolicies",
    access: ["okta.policies.read"],
    success: 200,
    query: z.object({ type: z.string().optional() }),
    handler: ({ query, call }, { data }) => {
      if (query.type !== "ACCESS_POLICY")
        throw validationFailed("type", "type: Invalid policy type specified");
      return wholeReply(
        call,
        data.accessPolicies.find().map((policy) => renderAccessPolicy(call.origin, policy)),
      );
    },
  }),
  route({
    method: "GET",
    path: "/api/v1/policies/:policyId",
    operation: "getPolicy",
    access: ["okta.policies.read"],
    success: 200,
    params: z.object({ policyId: z.string() }),
    handler: ({ params, call }, { data }) => {
      const policy = data.accessPolicies.get(params.policyId);
      if (policy === undefined) throw notFound(params.policyId, "Policy");
      return renderAccessPolicy(call.origin, policy);
    },
  }),
];
