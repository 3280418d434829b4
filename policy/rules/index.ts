import type { ResourceValidationPolicy } from "@pulumi/policy";
import { connectionIsProtected, noEnabledClients } from "./connections.ts";
import { noPluralMembers } from "./members.ts";
import { explicitNames } from "./names.ts";
import { machineScopes, policyNamesItsApps, ruleNamesItsGrants, ruleNamesItsScopes } from "./scopes.ts";
import { privateKeyInProduction, strongKeys } from "./service-app.ts";
import { tokenLifetime } from "./token-lifetime.ts";

/** Every rule of the pack. */
export const rules: ResourceValidationPolicy[] = [
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
