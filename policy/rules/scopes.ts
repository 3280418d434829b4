import * as okta from "@pulumi/okta";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";

/** Okta docs, OpenID Connect scopes and `groups`: they describe a person who logs in. */
const PERSONAL = ["openid", "profile", "email", "address", "phone", "offline_access", "groups", "device_sso"];
const CLIENT_CREDENTIALS = "client_credentials";

export const machineScopes: ResourceValidationPolicy = {
  name: "machine-scopes",
  description: "A rule for machines gives no scope that describes a person.",
  enforcementLevel: "mandatory",
  severity: "medium",
  remediationSteps: "Name scopes of the API; openid and its like belong to a rule for people.",
  validateResource: validateResourceOfType(okta.auth.ServerPolicyRule, (rule, _, report) => {
    if (!rule.grantTypeWhitelists.includes(CLIENT_CREDENTIALS)) return;
    const personal = (rule.scopeWhitelists ?? []).filter((scope) => PERSONAL.includes(scope));
    if (personal.length > 0) {
      report(
        `It gives ${personal.join(", ")} to client credentials, where nobody logs in, and Okta refuses them. ` +
          "Name scopes of the API.",
      );
    }
  }),
};

export const ruleNamesItsScopes: ResourceValidationPolicy = {
  name: "rule-names-its-scopes",
  description: "A rule names the scopes that it gives; * gives every scope there is and every one to come.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "List the scopes in scopeWhitelists.",
  validateResource: validateResourceOfType(okta.auth.ServerPolicyRule, (rule, _, report) => {
    if (rule.scopeWhitelists?.includes("*")) {
      report(
        "It gives every scope of the authorization server (*). List those that are needed in scopeWhitelists.",
      );
    }
  }),
};

export const ruleNamesItsGrants: ResourceValidationPolicy = {
  name: "rule-names-its-grants",
  description: "A rule names the grants that it is for; * lets in people and machines by every way there is.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "List the grants in grantTypeWhitelists.",
  validateResource: validateResourceOfType(okta.auth.ServerPolicyRule, (rule, _, report) => {
    if (rule.grantTypeWhitelists.includes("*")) {
      report("It is for every grant (*). List those that are needed in grantTypeWhitelists.");
    }
  }),
};

export const policyNamesItsApps: ResourceValidationPolicy = {
  name: "policy-names-its-apps",
  description:
    "An access policy names the applications it is for; ALL_CLIENTS lets in every one there will ever be.",
  enforcementLevel: "mandatory",
  severity: "high",
  remediationSteps: "List client ids in clientWhitelists.",
  validateResource: validateResourceOfType(okta.auth.ServerPolicy, (policy, _, report) => {
    if (policy.clientWhitelists.includes("ALL_CLIENTS")) {
      report("It is for every application of the org (ALL_CLIENTS). List client ids in clientWhitelists.");
    }
  }),
};
