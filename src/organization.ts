import type * as pulumi from "@pulumi/pulumi";
import { OrganizationAccess } from "./components/auth0/organization-access.ts";
import { OrganizationMembers } from "./components/auth0/organization-members.ts";
import { OrganizationRoster } from "./components/auth0/organization-roster.ts";
import type { RosterProvider } from "./components/auth0/roster-plugin.ts";
import { openStrategies, usageOf } from "./config/connections/found.ts";
import type { OrganizationConfig } from "./config/organization.ts";
import { isRoleId } from "./components/checks/roles.ts";
import type { DeclaredConnection } from "./connections.ts";
import type { Found } from "./lookups/index.ts";
import { emailToInvite, userIdOf } from "./lookups/people.ts";

/** What an organization is declared with, besides its own configuration. */
export interface OrganizationParts {
  /** By name. */
  readonly connections: ReadonlyMap<string, DeclaredConnection>;
  readonly found: Found;
  /** Ids of roles by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Input<string>>>;
  /** The login application, where invitations can lead to one. */
  readonly loginClientId: pulumi.Input<string> | undefined;
  /** What the resources of its people depend on. */
  readonly peopleAfter: pulumi.Resource | undefined;
  readonly roster: RosterProvider | undefined;
}

/** An organization of the stack, declared. */
export interface DeclaredOrganization {
  /** As the configuration names it, known before it is created. */
  readonly name: string;
  readonly organizationId: pulumi.Output<string>;
  readonly organizationName: pulumi.Output<string>;
  /** Whatever belongs to it goes with it. */
  readonly organization: pulumi.Resource;
  /** Ids of its connections by name. */
  readonly connectionIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/** One organization with its connections and its people. */
export function declareOrganization(
  config: OrganizationConfig,
  { connections, ...parts }: OrganizationParts,
): DeclaredOrganization {
  const links = config.connections.map((connection) => ({
    name: connection.name,
    connectionId: connections.get(connection.name)?.connectionId ?? "",
    ...usageOf(connection, parts.found.connections.get(connection.name)),
  }));
  const { perDay, perHour, enforce } = config.tokenQuota ?? {};
  const [name, options] = namesOf(config, "organization");
  const { organization, organizationId, organizationName } = new OrganizationAccess(
    name,
    {
      ...config,
      ...config.branding,
      ...{ connections: links, tokensPerDay: perDay, tokensPerHour: perHour, enforceTokenQuota: enforce },
      discoveryDomains: [...config.discoveryDomains],
      isProtected: config.file !== undefined && !config.file.deleteWithStack,
    },
    options,
  );
  declarePeople(config, { organization, organizationId, ...parts });
  const connectionIds = Object.fromEntries(links.map(({ name, connectionId }) => [name, connectionId]));
  return { name: config.name, organization, organizationId, organizationName, connectionIds };
}

interface PeopleParts extends Omit<OrganizationParts, "connections"> {
  readonly organization: pulumi.Resource;
  readonly organizationId: pulumi.Output<string>;
}

function declarePeople(config: OrganizationConfig, parts: PeopleParts): void {
  const { organization, organizationId, peopleAfter, roleIds, roster, loginClientId: clientId } = parts;
  const [name, named] = namesOf(config, PEOPLE);
  const options = {
    ...named,
    ...(peopleAfter && { dependsOn: peopleAfter }),
    ...(roster && { providers: [roster] }),
  };
  if (config.roster) {
    const folder = process.cwd();
    new OrganizationRoster(
      name,
      {
        ...{ ...config.roster, organization, organizationId, folder, roles: roleIds },
        openStrategies: openStrategies(config, parts.found.connections),
        ...(clientId !== undefined && { clientId, inviter: config.displayName }),
      },
      options,
    );
    return;
  }
  // Without people there is nothing to declare; the only organization had the component from the start.
  if (config.members.length === 0 && config.file !== undefined) return;
  new OrganizationMembers(name, { organization, organizationId, ...peopleArgs(config, parts) }, options);
}

export const PEOPLE = "members";

/** The logical name of a part of the organization, with an alias where the organization had another name before. */
export function namesOf(
  { file }: OrganizationConfig,
  part: string,
): readonly [string, pulumi.ComponentResourceOptions] {
  if (file === undefined) return [part, {}];
  // Names of organizations have no dots, so no two of them come to the same.
  const name = `${file.name}.${part}`;
  if (file.formerly === undefined) return [name, {}];
  return [name, { aliases: [{ name: file.formerly === "" ? part : `${file.formerly}.${part}` }] }];
}

// `lookUp` has refused whoever and whatever it did not find.
function peopleArgs({ members, displayName }: OrganizationConfig, parts: PeopleParts) {
  const { userIds } = parts.found;
  const terms = { clientId: parts.loginClientId ?? "", inviter: displayName };
  const invited = members.flatMap((member) => {
    const email = emailToInvite(member, userIds);
    const roles = member.roles.map((role) => memberRole(role, parts).id);
    return email === undefined ? [] : [{ email, roles, ...terms }];
  });
  const known = members.flatMap((member) => {
    const userId = userIdOf(member, userIds);
    return userId === undefined
      ? []
      : [{ userId, roles: member.roles.map((role) => memberRole(role, parts)) }];
  });
  return { members: known, invited };
}

/** The key is the name of a declared role, else the id: to write a role in another way replaces nothing. */
function memberRole(role: string, { found, roleIds }: PeopleParts) {
  const isFound = isRoleId(role) || found.roleIds.has(role);
  const id = isRoleId(role) ? role : (roleIds[role] ?? "");
  return isFound ? { key: found.roleIds.get(role) ?? role, id } : { key: role, id };
}
