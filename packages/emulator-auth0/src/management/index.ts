import { clientConnectionRoutes } from "./clients/connections.ts";
import { clientCredentialRoutes } from "./clients/credentials.ts";
import { clientGrantRoutes } from "./client-grants.ts";
import { clientRoutes } from "./clients/clients.ts";
import { connectionClientRoutes } from "./connections/clients.ts";
import { connectionRoutes } from "./connections/connections.ts";
import { customDomainRoutes } from "./custom-domains/custom-domains.ts";
import { defaultDomainRoutes } from "./custom-domains/default.ts";
import { discoveryDomainRoutes } from "./organizations/discovery-domains.ts";
import { signingKeyRoutes } from "./keys/signing.ts";
import { invitationRoutes } from "./organizations/invitations.ts";
import { organizationClientRoutes } from "./organizations/clients.ts";
import { organizationRoleRoutes } from "./organizations/roles.ts";
import { organizationClientGrantRoutes } from "./organizations/client-grants.ts";
import { organizationConnectionRoutes } from "./organizations/connections.ts";
import { organizationMemberRoleRoutes } from "./organizations/member-roles.ts";
import { organizationMemberRoutes } from "./organizations/members.ts";
import { organizationRoutes } from "./organizations/organizations.ts";
import { resourceServerRoutes } from "./resource-servers/resource-servers.ts";
import { rolePermissionRoutes } from "./roles/permissions.ts";
import { roleUserRoutes } from "./roles/users.ts";
import { roleRoutes } from "./roles/roles.ts";
import { tenantSettingRoutes } from "./tenant-settings.ts";
import { userBlockRoutes } from "./users/blocks.ts";
import { userOrganizationRoutes } from "./users/organizations.ts";
import { userPermissionRoutes } from "./users/permissions.ts";
import { userRoleRoutes } from "./users/roles.ts";
import { userRoutes } from "./users/users.ts";

/** The Management API: everything under `/api/v2`. */
export const managementRoutes = [
  ...organizationRoutes,
  ...organizationConnectionRoutes,
  ...organizationMemberRoutes,
  ...organizationMemberRoleRoutes,
  ...organizationClientGrantRoutes,
  ...organizationClientRoutes,
  ...discoveryDomainRoutes,
  ...invitationRoutes,
  ...organizationRoleRoutes,
  ...connectionRoutes,
  ...connectionClientRoutes,
  ...clientRoutes,
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
  ...signingKeyRoutes,
  ...tenantSettingRoutes,
  ...defaultDomainRoutes,
  ...customDomainRoutes,
];
