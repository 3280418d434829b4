import type { Route } from "@ai-api-access/emulator-core/routes.ts";
import { appAccessPolicyRoutes } from "./apps/access-policy.ts";
import { appRoutes } from "./apps/apps.ts";
import { grantRoutes } from "./apps/grants.ts";
import { appGroupRoutes } from "./apps/groups.ts";
import { idTokenRoutes } from "./apps/id-token.ts";
import { clientKeyRoutes } from "./apps/keys.ts";
import { clientRoleRoutes } from "./apps/roles.ts";
import { secretRoutes } from "./apps/secrets.ts";
import { claimRoutes } from "./authorization-servers/claims.ts";
import { serverClientRoutes } from "./authorization-servers/clients.ts";
import { keyRoutes } from "./authorization-servers/keys.ts";
import { policyRoutes } from "./authorization-servers/policies.ts";
import { ruleRoutes } from "./authorization-servers/rules.ts";
import { scopeRoutes } from "./authorization-servers/scopes.ts";
import { serverRoutes } from "./authorization-servers/servers.ts";
import type { OktaContext } from "./context.ts";
import { discoveryRoutes } from "./oauth/discovery.ts";
import { introspectionRoutes } from "./oauth/introspection.ts";
import { tokenRoutes } from "./oauth/token.ts";
import { accessPolicyRoutes } from "./org/access-policies.ts";
import { groupRoutes } from "./org/groups/groups.ts";
import { groupMemberRoutes } from "./org/groups/members.ts";
import { inlineHookRoutes } from "./org/inline-hooks.ts";
import { organizationRoutes } from "./org/organization.ts";
import { userLifecycleRoutes } from "./org/users/lifecycle.ts";
import { userRoutes } from "./org/users/users.ts";

/** Every operation that the local org serves. */
export const oktaRoutes: readonly Route<OktaContext>[] = [
  ...organizationRoutes,
  ...userRoutes,
  ...userLifecycleRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...accessPolicyRoutes,
  ...inlineHookRoutes,
  ...appRoutes,
  ...secretRoutes,
  ...clientKeyRoutes,
  ...idTokenRoutes,
  ...appAccessPolicyRoutes,
  ...appGroupRoutes,
  ...grantRoutes,
  ...clientRoleRoutes,
  ...serverRoutes,
  ...keyRoutes,
  ...scopeRoutes,
  ...claimRoutes,
  ...policyRoutes,
  ...ruleRoutes,
  ...serverClientRoutes,
  ...discoveryRoutes,
  ...tokenRoutes,
  ...introspectionRoutes,
];
