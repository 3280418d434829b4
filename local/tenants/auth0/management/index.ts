import { clientCredentialRoutes } from "./client-credentials.ts";
import { clientGrantRoutes } from "./client-grants.ts";
import { clientRoutes } from "./clients.ts";
import { connectionClientRoutes } from "./connection-clients.ts";
import { connectionRoutes } from "./connections.ts";
import { customDomainRoutes } from "./custom-domains.ts";
import { organizationClientGrantRoutes } from "./organization-client-grants.ts";
import { organizationConnectionRoutes } from "./organization-connections.ts";
import { organizationMemberRoleRoutes } from "./organization-member-roles.ts";
import { organizationMemberRoutes } from "./organization-members.ts";
import { organizationRoutes } from "./organizations.ts";
import { resourceServerRoutes } from "./resource-servers.ts";
import { rolePermissionRoutes } from "./role-permissions.ts";
import { roleUserRoutes } from "./role-users.ts";
import { roleRoutes } from "./roles.ts";
import { tenantSettingRoutes } from "./tenant-settings.ts";
import { userOrganizationRoutes } from "./user-organizations.ts";
import { userPermissionRoutes } from "./user-permissions.ts";
import { userRoleRoutes } from "./user-roles.ts";
import { userRoutes } from "./users.ts";

/** The Management API: everything under `/api/v2`. */
export const managementRoutes = [
  ...organizationRoutes,
  ...organizationConnectionRoutes,
  ...organizationMemberRoutes,
  ...organizationMemberRoleRoutes,
  ...organizationClientGrantRoutes,
  ...connectionRoutes,
  ...connectionClientRoutes,
  ...clientRoutes,
  ...clientCredentialRoutes,
  ...clientGrantRoutes,
  ...roleRoutes,
  ...rolePermissionRoutes,
  ...roleUserRoutes,
  ...resourceServerRoutes,
  ...userRoutes,
  ...userRoleRoutes,
  ...userPermissionRoutes,
  ...userOrganizationRoutes,
  ...tenantSettingRoutes,
  ...customDomainRoutes,
];
