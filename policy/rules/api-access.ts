import * as auth0 from "@pulumi/auth0";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** Auth0 docs, "API Access Policies for Applications": `allow_all` is what an API starts with. */
export const apiRequiresAGrant: ResourceValidationPolicy = {
  name: "api-requires-a-grant",
  description:
    "An application gets people's tokens for an API by a client grant, not by being in the tenant.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "Leave out api.accessPolicy, or set it to require_client_grant.",
  validateResource: validateResourceOfType(
    auth0.ResourceServer,
    ({ subjectTypeAuthorization }, _args, report) => {
      if ((subjectTypeAuthorization?.user?.policy ?? "allow_all") !== "allow_all") return;
      report(
        "Any application of the tenant gets people's tokens for this API. " +
          "Set subjectTypeAuthorization.user.policy to require_client_grant (api.accessPolicy).",
      );
    },
  ),
};
