import { z } from "zod";
import { route } from "../context.ts";
import { notFound } from "../errors.ts";
import { appParams, findOwnApp } from "./find.ts";

/**
 * Which authentication policy guards an application (Okta docs, "Application policies"). Okta has been seen to
 * refuse this for service applications in some orgs; the official provider sends it for them in every update,
 * so it is accepted here.
 */
export const appAccessPolicyRoutes = [
  route({
    method: "PUT",
    path: "/api/v1/apps/:appId/policies/:policyId",
    operation: "assignApplicationPolicy",
    access: ["okta.apps.manage"],
    success: 204,
    params: appParams.extend({ policyId: z.string() }),
    handler: ({ params }, context) => {
      const app = findOwnApp(context, params.appId);
      if (!context.data.accessPolicies.has(params.policyId)) throw notFound(params.policyId, "Policy");
      context.data.apps.put({ ...app, accessPolicyId: params.policyId, lastUpdated: context.now() });
    },
  }),
];
