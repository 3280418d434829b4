import type { ResourceType } from "../../table/resource.ts";
import type { Auth0Api } from "../api.ts";
import { client } from "./client.ts";
import { clientCimd } from "./client-cimd.ts";
import { clientCredentials } from "./client-credentials.ts";
import { clientGrant } from "./client-grant.ts";
import { connection } from "./connection.ts";
import { connectionClient } from "./connection-client.ts";
import { organization } from "./organization.ts";
import { organizationClientGrant } from "./organization-client-grant.ts";
import { organizationConnection } from "./organization-connection.ts";
import { organizationDiscoveryDomain } from "./organization-discovery-domain.ts";
import { organizationMember } from "./organization-member.ts";
import { organizationMemberRole } from "./organization-member-role.ts";
import { resourceServer } from "./resource-server.ts";
import { resourceServerScopes } from "./resource-server-scopes.ts";
import { role } from "./role.ts";
import { rolePermissions } from "./role-permissions.ts";
import { user } from "./user.ts";

export const resources: readonly ResourceType<Auth0Api>[] = [
  organization,
  organizationConnection,
  organizationMember,
  organizationMemberRole,
  organizationClientGrant,
  organizationDiscoveryDomain,
  connection,
  connectionClient,
  client,
  clientCimd,
  clientCredentials,
  clientGrant,
  resourceServer,
  resourceServerScopes,
  role,
  rolePermissions,
  user,
];
