import type { Route } from "@ai-api-access/emulator-core";
import { grantRoutes } from "./apps/grants.ts";
import { appGroupRoutes } from "./apps/groups.ts";
import { idTokenRoutes } from "./apps/id-token.ts";
import { clientKeyRoutes } from "./apps/jwks.ts";
import { appRoutes } from "./apps/routes.ts";
import { clientRoleRoutes } from "./apps/roles.ts";
import { secretRoutes } from "./apps/secrets.ts";
import { appUserRoutes } from "./apps/users.ts";
import { claimRoutes } from "./authorization-servers/claims.ts";
import { keyRoutes } from "./authorization-servers/keys.ts";
import { policyRoutes } from "./authorization-servers/policies.ts";
import { serverRoutes } from "./authorization-servers/routes.ts";
import { ruleRoutes } from "./authorization-servers/rules.ts";
import { scopeRoutes } from "./authorization-servers/scopes.ts";
import type { OktaContext } from "./context.ts";
import { groupMemberRoutes } from "./groups/members.ts";
import { groupRoutes } from "./groups/routes.ts";
import { groupRuleRoutes } from "./groups/rules.ts";
import { discoveryRoutes } from "./oauth/discovery.ts";
import { introspectionRoutes } from "./oauth/introspection.ts";
import { tokenRoutes } from "./oauth/token.ts";
import { userinfoRoutes } from "./oauth/userinfo.ts";
import { inlineHookRoutes } from "./org/inline-hooks.ts";
import { organizationRoutes } from "./org/organization.ts";
import { accessPolicyRoutes } from "./org/policies.ts";
import { signInRoutes } from "./sign-in/routes.ts";
import { userRoleRoutes } from "./users/roles.ts";
import { userRoutes } from "./users/routes.ts";
import { userTypeRoutes } from "./users/types.ts";

/** Every operation that the local org serves. */
export const oktaRoutes: readonly Route<OktaContext>[] = [
  ...organizationRoutes,
  ...userRoutes,
  ...userRoleRoutes,
  ...userTypeRoutes,
  ...groupRuleRoutes,
  ...groupRoutes,
  ...groupMemberRoutes,
  ...accessPolicyRoutes,
  ...inlineHookRoutes,
  ...appRoutes,
  ...secretRoutes,
  ...clientRoleRoutes,
  ...clientKeyRoutes,
  ...idTokenRoutes,
  ...appGroupRoutes,
  ...appUserRoutes,
  ...grantRoutes,
  ...serverRoutes,
  ...keyRoutes,
  ...scopeRoutes,
  ...claimRoutes,
  ...policyRoutes,
  ...ruleRoutes,
  ...discoveryRoutes,
  ...tokenRoutes,
  ...introspectionRoutes,
  ...signInRoutes,
  ...userinfoRoutes,
];
