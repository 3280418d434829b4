import type { ResourceValidationPolicy } from "@pulumi/policy";
import { apiRequiresAGrant } from "./api-access.ts";
import { connectionIsProtected, noEnabledClients } from "./connections.ts";
import { noPluralMembers } from "./members.ts";
import { explicitNames } from "./names.ts";
import { machineScopes, policyNamesItsApps, ruleNamesItsGrants, ruleNamesItsScopes } from "./scopes.ts";
import { privateKeyInProduction, strongKeys } from "./service-app.ts";
import { tokenLifetime } from "./token-lifetime.ts";

/** Every rule of the pack. */
export const rules: ResourceValidationPolicy[] = [
  apiRequiresAGrant,
  connectionIsProtected,
  noEnabledClients,
  noPluralMembers,
  explicitNames,
  privateKeyInProduction,
  strongKeys,
  machineScopes,
  policyNamesItsApps,
  ruleNamesItsGrants,
  ruleNamesItsScopes,
  tokenLifetime,
];
