import type { ResourceValidationPolicy } from "@pulumi/policy";
import { connectionIsProtected, noEnabledClients } from "./connections";
import { noPluralMembers } from "./members";
import { explicitNames } from "./names";
import { machineScopes, policyNamesItsApps, ruleNamesItsScopes } from "./scopes";
import { privateKeyInProduction } from "./service-app";
import { tokenLifetime } from "./token-lifetime";

/** Every rule of the pack. */
export const rules: ResourceValidationPolicy[] = [
  connectionIsProtected,
  noEnabledClients,
  noPluralMembers,
  explicitNames,
  privateKeyInProduction,
  machineScopes,
  policyNamesItsApps,
  ruleNamesItsScopes,
  tokenLifetime,
];
