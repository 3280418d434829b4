import type * as pulumi from "@pulumi/pulumi";
import { ApiAccess } from "./components/auth0/api-access.ts";
import { LoginApplication } from "./components/auth0/login-application.ts";
import { OrganizationAccess } from "./components/auth0/organization-access.ts";
import { OrganizationMembers } from "./components/auth0/organization-members.ts";
import { OrganizationRoster } from "./components/auth0/organization-roster.ts";
import { ServiceApp } from "./components/okta/service-app.ts";
import type { StackConfig } from "./config/index.ts";
import { connectionArgs } from "./config/connection.ts";
import { loginApplicationArgs } from "./config/login-app.ts";
import { isRoleId } from "./config/roles.ts";
import { serviceAppArgs } from "./config/service-app.ts";
import { adviseOnConflicts } from "./conflicts.ts";
import { type Found, lookUp } from "./lookups/index.ts";
import { userIdOf } from "./lookups/people.ts";
import { type StackOutputs, stackOutputs } from "./outputs.ts";
import { rememberKey } from "./people-key.ts";

/**
 * Declares the whole stack: people come in through an Auth0 Organization, machines through an Okta service app.
 * @throws LookupError when the configuration names people, roles or a connection that the tenant does not have.
 */
export async function declareStack(config: StackConfig): Promise<StackOutputs> {
  adviseOnConflicts();
  const found = await lookUp(config);
  const options = await peopleOptions(config);

  const organization = new OrganizationAccess("organization", {
    ...config.organization,
    ...config.organization.branding,
    ...connectionArgs(config.connection, found.connection),
  });
  const { organizationId, connectionId } = organization;
  const api = new ApiAccess("api", { ...config.api, roles: config.roles });
  const loginApp =
    config.loginApp &&
    new LoginApplication("login-app", {
      ...loginApplicationArgs(config.loginApp, config.api),
      connectionId,
      api: grantedApi(config, api),
    });
  if (config.roster) {
    new OrganizationRoster(
      PEOPLE,
      {
        ...config.roster,
        organization: organization.organization,
        organizationId,
        folder: process.cwd(),
        roles: api.roleIds,
      },
      options,
    );
  } else {
    const members = memberArgs(config, found, api.roleIds);
    new OrganizationMembers(
      PEOPLE,
      { organization: organization.organization, organizationId, members },
      options,
    );
  }
  const serviceApp = new ServiceApp("service-app", serviceAppArgs(config.serviceApp));

  return stackOutputs({ found, organization, loginApp, api, serviceApp });
}

/** What the login application may ask for on behalf of people: everything that the API has. */
function grantedApi({ api: { permissions } }: StackConfig, api: ApiAccess) {
  return {
    audience: api.audience,
    permissions: permissions.map(({ name }) => name),
    declaredBy: api.permissions,
  };
}

const PEOPLE = "members";

/** A dependency on what remembers the key that keeps the people; none without people, who may then come by either. */
async function peopleOptions({ roster, members }: StackConfig): Promise<pulumi.ComponentResourceOptions> {
  if (roster === undefined && members.length === 0) return {};
  return { dependsOn: await rememberKey(PEOPLE, roster === undefined ? "members" : "membersFile") };
}

type RoleIds = Readonly<Record<string, pulumi.Input<string>>>;

// `lookUp` has refused whoever and whatever it did not find.
function memberArgs({ members }: StackConfig, found: Found, declared: RoleIds) {
  return members.map((member) => ({
    userId: userIdOf(member, found.userIds) ?? "",
    roles: member.roles.map((role) => memberRole(role, found, declared)),
  }));
}

/** The key is the name of a declared role, else the id: to write a role in another way replaces nothing. */
function memberRole(role: string, found: Found, declared: RoleIds) {
  const own = Object.hasOwn(declared, role) ? declared[role] : undefined;
  if (own !== undefined) return { key: role, id: own };
  const id = isRoleId(role) ? role : (found.roleIds.get(role) ?? "");
  return { key: id, id };
}
