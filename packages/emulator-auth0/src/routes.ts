import type { Route } from "@ai-api-access/emulator-core";
import { pushedRequestRoutes } from "./authentication/authorize/pushed.ts";
import { authorizeRoutes } from "./authentication/authorize/routes.ts";
import { federationRoutes } from "./authentication/federation/routes.ts";
import { socialRoutes } from "./authentication/federation/social.ts";
import { consentRoutes } from "./authentication/login/consent.ts";
import { loginRoutes } from "./authentication/login/login.ts";
import { extensionRoutes } from "./management/extensions.ts";
import { organizationPageRoutes } from "./authentication/login/organization.ts";
import { signupRoutes } from "./authentication/login/signup.ts";
import { logoutRoutes } from "./authentication/logout.ts";
import { revokeRoutes } from "./authentication/revoke.ts";
import { tokenRoutes } from "./authentication/token.ts";
import { userinfoRoutes } from "./authentication/userinfo.ts";
import { wellKnownRoutes } from "./authentication/well-known.ts";
import { registrationRoutes } from "./authentication/register.ts";
import type { Auth0Context } from "./context.ts";
import { clientGrantRoutes } from "./management/client-grants.ts";
import { documentClientRoutes } from "./management/clients/cimd/routes.ts";
import { clientConnectionRoutes } from "./management/clients/connections.ts";
import { clientCredentialRoutes } from "./management/clients/credentials.ts";
import { clientRoutes } from "./management/clients/routes.ts";
import { connectionProfileRoutes } from "./management/connection-profiles.ts";
import { connectionClientRoutes } from "./management/connections/clients.ts";
import { directoryRoutes } from "./management/connections/directory.ts";
import { connectionKeyRoutes } from "./management/connections/keys.ts";
import { connectionRoutes } from "./management/connections/routes.ts";
import { scimRoutes } from "./management/connections/scim.ts";
import { customDomainRoutes } from "./management/custom-domains.ts";
import { organizationClientGrantRoutes } from "./management/organizations/client-grants.ts";
import { organizationClientRoutes } from "./management/organizations/clients.ts";
import { organizationConnectionRoutes } from "./management/organizations/connections.ts";
import { discoveryDomainRoutes } from "./management/organizations/discovery-domains.ts";
import { invitationRoutes } from "./management/organizations/invitations.ts";
import { organizationMemberRoleRoutes } from "./management/organizations/member-roles.ts";
import { organizationMemberRoutes } from "./management/organizations/members.ts";
import { organizationRoleMemberRoutes } from "./management/organizations/role-members.ts";
import { organizationRoutes } from "./management/organizations/routes.ts";
import { resourceServerRoutes } from "./management/resource-servers/routes.ts";
import { rolePermissionRoutes } from "./management/roles/permissions.ts";
import { roleRoutes } from "./management/roles/routes.ts";
import { roleUserRoutes } from "./management/roles/users.ts";
import { signingKeyRoutes } from "./management/signing-keys.ts";
import { tenantSettingRoutes } from "./management/tenant-settings.ts";
import { userAttributeProfileRoutes } from "./management/user-attribute-profiles.ts";
import { userBlockRoutes } from "./management/user-blocks.ts";
import { userOrganizationRoutes } from "./management/users/organizations.ts";
import { userPermissionRoutes } from "./management/users/permissions.ts";
import { userRoleRoutes } from "./management/users/roles.ts";
import { userRoutes } from "./management/users/routes.ts";

/** What people's browsers ask for. */
export const pageRoutes: readonly Route<Auth0Context>[] = [
  ...authorizeRoutes,
  ...loginRoutes,
  ...signupRoutes,
  ...federationRoutes,
  ...socialRoutes,
  ...organizationPageRoutes,
  ...consentRoutes,
  ...logoutRoutes,
];

/** Every operation that the local tenant serves: the Management API, then the Authentication API. */
export const auth0Routes: readonly Route<Auth0Context>[] = [
  ...organizationRoutes,
  ...organizationConnectionRoutes,
  ...organizationMemberRoutes,
  ...organizationMemberRoleRoutes,
  ...organizationRoleMemberRoutes,
  ...organizationClientGrantRoutes,
  ...organizationClientRoutes,
  ...discoveryDomainRoutes,
  ...invitationRoutes,
  ...connectionRoutes,
  ...connectionClientRoutes,
  ...connectionKeyRoutes,
  ...scimRoutes,
  ...directoryRoutes,
  ...connectionProfileRoutes,
  ...userAttributeProfileRoutes,
  ...clientRoutes,
  ...documentClientRoutes,
  ...clientCredentialRoutes,
  ...clientConnectionRoutes,
  ...clientGrantRoutes,
  ...roleRoutes,
  ...rolePermissionRoutes,
  ...roleUserRoutes,
  ...resourceServerRoutes,
  ...userRoutes,
  ...userRoleRoutes,
  ...userPermissionRoutes,
  ...userOrganizationRoutes,
  ...userBlockRoutes,
  ...extensionRoutes,
  ...signingKeyRoutes,
  ...tenantSettingRoutes,
  ...customDomainRoutes,
  ...tokenRoutes,
  ...revokeRoutes,
  ...pushedRequestRoutes,
  ...registrationRoutes,
  ...userinfoRoutes,
  ...wellKnownRoutes,
  ...pageRoutes,
];
