import type * as pulumi from "@pulumi/pulumi";
import { ApiAccess } from "./components/auth0/api-access.ts";
import { LoginApplication } from "./components/auth0/login-application.ts";
import { type Found, lookUp, userIdOf } from "./lookups.ts";
import { OrganizationAccess } from "./components/auth0/organization-access.ts";
import {
  type Member,
  type MemberRole,
  OrganizationMembers,
} from "./components/auth0/organization-members.ts";
import { OrganizationRoster } from "./components/auth0/organization-roster.ts";
import type { StackConfig } from "./config/index.ts";
import { isRoleId } from "./config/role-id.ts";
import { adviseOnConflicts } from "./conflicts/index.ts";
import { ServiceApp } from "./components/okta/service-app.ts";
import { type StackOutputs, stackOutputs } from "./outputs.ts";

/**
 * Declares the whole stack: people come in through an Auth0 Organization, machines through an Okta service app.
 * @throws LookupError when the configuration names people, roles or a connection that the tenant does not have.
 */
export async function declareStack(config: StackConfig): Promise<StackOutputs> {
  adviseOnConflicts();
  const found = await lookUp(config);

  const organization = new OrganizationAccess("organization", {
    organization: config.organization,
    connection: config.connection,
    found: found.connection,
  });
  const loginApp =
    config.loginApp &&
    new LoginApplication("login-app", { loginApp: config.loginApp, connectionId: organization.connectionId });
  const api = new ApiAccess("api", { api: config.api, roles: config.roles });
  if (config.roster) {
    new OrganizationRoster("members", {
      ...config.roster,
      organization: organization.organization,
      organizationId: organization.organizationId,
      folder: process.cwd(),
      roles: api.roleIds,
    });
  } else {
    new OrganizationMembers("members", {
      organizationId: organization.organizationId,
      members: membersOf(config, found, api.roleIds),
    });
  }
  const serviceApp = new ServiceApp("service-app", config.serviceApp);

  return stackOutputs({ found, organization, loginApp, api, serviceApp });
}

type RoleIds = Readonly<Record<string, pulumi.Input<string>>>;

function membersOf({ members }: StackConfig, found: Found, declared: RoleIds): Member[] {
  return members.map((member) => ({
    userId: userIdOf(member, found) ?? "",
    roles: member.roles.map((role) => roleOf(role, found, declared)),
  }));
}

/** A declared role goes by its name, any other by its id: neither changes with the way a member's role is written. */
function roleOf(role: string, found: Found, declared: RoleIds): MemberRole {
  const own = Object.hasOwn(declared, role) ? declared[role] : undefined;
  if (own !== undefined) return { key: role, id: own };
  const id = isRoleId(role) ? role : (found.roleIds.get(role) ?? "");
  return { key: id, id };
}
