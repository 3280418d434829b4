/** Resource types of Auth0's provider, and the roster, which is a resource of Auth0 too. */
import type { Operation, ResourceType } from "./resource-type.ts";

/** Scopes of the Management API for something that it calls by one name: `create:roles`, `read:roles`, … */
function scopesOf(
  resource: string,
  operations: readonly Operation[] = ["create", "read", "update", "delete"],
): ResourceType["scopes"] {
  return Object.fromEntries(operations.map((operation) => [operation, [`${operation}:${resource}`]]));
}

/** Scopes for what is an update of another thing: the permissions of a role, the applications of a connection. */
function scopesOfPart(resource: string): ResourceType["scopes"] {
  const update = [`update:${resource}`];
  return { create: update, read: [`read:${resource}`], update, delete: update };
}

const organization: ResourceType = {
  token: "auth0:index/organization:Organization",
  vendor: "auth0",
  find: { path: "/organizations/name/{name}" },
  read: "/organizations/{id}",
  importId: "{id}",
  example: "org_…",
  shownAt: "Organizations",
  secondCreation: "conflict",
  function: { token: "auth0:index/getOrganization:getOrganization", arguments: { name: "{name}" } },
  scopes: scopesOf("organizations"),
  neededFor: "always",
  namesItself: true,
};

/**
 * Its settings (`options`) have scopes of their own. Auth0 docs, "Migrate to Management API Connection Options Scopes":
 * without them a read shows no options, and an update that has some is refused.
 */
const connection: ResourceType = {
  token: "auth0:index/connection:Connection",
  vendor: "auth0",
  find: { path: "/connections?name={name}", where: { name: "name" } },
  read: "/connections/{id}",
  importId: "{id}",
  example: "con_…",
  shownAt: "Authentication > Database",
  secondCreation: "conflict",
  function: {
    token: "auth0:index/getConnection:getConnection",
    arguments: { name: "{name}", skipEnabledClients: true },
  },
  scopes: {
    create: ["create:connections"],
    read: ["read:connections", "read:connections_options"],
    update: ["update:connections", "update:connections_options"],
    delete: ["delete:connections"],
  },
  neededFor: "`organization.connections` that the stack creates",
  deletionNeededFor: "`deleteWithStack` of a connection",
  namesItself: true,
  // Auth0 docs, "Delete a connection": its users go with it.
  lostWithIt: "the people of a connection",
};

const organizationConnection: ResourceType = {
  token: "auth0:index/organizationConnection:OrganizationConnection",
  vendor: "auth0",
  find: { path: "/organizations/{organizationId}/connections/{connectionId}" },
  read: "/organizations/{organizationId}/connections/{connectionId}",
  importId: "{organizationId}::{connectionId}",
  example: "org_…::con_…",
  secondCreation: "conflict",
  scopes: scopesOf("organization_connections"),
  neededFor: "always",
  // Auth0 docs, "Entity Limit Policy": connections that are enabled for an organization.
  limit: 10,
};

/** Its id in the state has the organization's in front of its own, which no input names: it cannot be looked for. */
const organizationDiscoveryDomain: ResourceType = {
  token: "auth0:index/organizationDiscoveryDomain:OrganizationDiscoveryDomain",
  vendor: "auth0",
  importId: "{organizationId}::{own}",
  example: "org_…::ord_…",
  secondCreation: "conflict",
  scopes: scopesOf("organization_discovery_domains"),
  neededFor: "`discoveryDomains`",
};

const client: ResourceType = {
  token: "auth0:index/client:Client",
  vendor: "auth0",
  find: { path: "/clients?per_page=100&fields=client_id,name", where: { name: "name" }, id: "client_id" },
  read: "/clients/{id}",
  importId: "{id}",
  example: "CLIENT_ID",
  shownAt: "Applications",
  secondCreation: "duplicate",
  remove: [["DELETE", "/clients/{id}"]],
  scopes: scopesOf("clients"),
  neededFor: "`loginApp`, `machines`",
  namesItself: true,
  computed: { clientId: "id" },
};

/** A second registration of the same document is the same client. Its name is the document's, so it conflicts with none. */
const clientCimd: ResourceType = {
  token: "auth0:index/clientCimd:ClientCimd",
  vendor: "auth0",
  find: {
    path: "/clients?per_page=100&external_client_id={externalClientId}",
    where: { external_client_id: "externalClientId" },
    id: "client_id",
  },
  read: "/clients/{id}",
  importId: "{id}",
  example: "tpc_…",
  shownAt: "Applications",
  secondCreation: "harmless",
  scopes: scopesOf("clients"),
  neededFor: "`clients`",
  // Its document is read once more after the client: with what it warns of.
  requests: 3,
};

const connectionClient: ResourceType = {
  token: "auth0:index/connectionClient:ConnectionClient",
  vendor: "auth0",
  find: {
    path: "/connections/{connectionId}/clients?take=100",
    list: "clients",
    where: { client_id: "clientId" },
  },
  importId: "{connectionId}::{clientId}",
  example: "con_…::CLIENT_ID",
  secondCreation: "harmless",
  scopes: scopesOfPart("connections"),
  neededFor: "`loginApp`",
  requests: 3,
};

const resourceServer: ResourceType = {
  token: "auth0:index/resourceServer:ResourceServer",
  vendor: "auth0",
  find: { path: "/resource-servers/{identifier}" },
  read: "/resource-servers/{id}",
  importId: "{id}",
  example: "ID_OF_THE_API",
  shownAt: "Applications > APIs (the id, not the identifier)",
  secondCreation: "conflict",
  function: {
    token: "auth0:index/getResourceServer:getResourceServer",
    arguments: { identifier: "{identifier}" },
  },
  scopes: scopesOf("resource_servers"),
  neededFor: "always",
  namesItself: true,
};

const resourceServerScopes: ResourceType = {
  token: "auth0:index/resourceServerScopes:ResourceServerScopes",
  vendor: "auth0",
  find: { path: "/resource-servers/{resourceServerIdentifier}", list: "scopes", whole: true },
  importId: "{resourceServerIdentifier}",
  example: "https://ai.example.com",
  shownAt: "the API's identifier",
  secondCreation: "harmless",
  scopes: scopesOfPart("resource_servers"),
  neededFor: "always",
  requests: 3,
};

const clientGrant: ResourceType = {
  token: "auth0:index/clientGrant:ClientGrant",
  vendor: "auth0",
  find: {
    path: "/client-grants?per_page=100&client_id={clientId}&audience={audience}",
    where: { subject_type: "subjectType" },
  },
  read: "/client-grants/{id}",
  importId: "{id}",
  example: "cgr_…",
  shownAt: "Applications > APIs > Application Access",
  // The provider takes over a grant that is there, and brings its scopes in line at the next update.
  secondCreation: "harmless",
  scopes: scopesOf("client_grants"),
  neededFor: "`loginApp`, `machines`, `clients`",
  requests: 3,
};

const organizationClientGrant: ResourceType = {
  token: "auth0:index/organizationClientGrant:OrganizationClientGrant",
  vendor: "auth0",
  find: {
    path: "/organizations/{organizationId}/client-grants?per_page=100",
    where: { id: "grantId" },
  },
  importId: "{organizationId}::{grantId}",
  example: "org_…::cgr_…",
  shownAt: "Organizations > Machine-to-Machine Access",
  secondCreation: "conflict",
  scopes: scopesOf("organization_client_grants", ["create", "read", "delete"]),
  neededFor: "`machines`",
};

const clientCredentials: ResourceType = {
  token: "auth0:index/clientCredentials:ClientCredentials",
  vendor: "auth0",
  importId: "{clientId}",
  example: "CLIENT_ID",
  secondCreation: "harmless",
  scopes: {
    create: ["create:client_credentials", "update:clients", "update:client_keys"],
    read: ["read:client_credentials", "read:clients", "read:client_keys"],
    delete: ["delete:client_credentials"],
  },
  neededFor: "`machines`",
  computed: { clientSecret: "unknown" },
};

const role: ResourceType = {
  token: "auth0:index/role:Role",
  vendor: "auth0",
  // The filter finds parts of names, in any letter case.
  find: { path: "/roles?per_page=100&name_filter={name}", where: { name: "name" } },
  read: "/roles/{id}",
  importId: "{id}",
  example: "rol_…",
  shownAt: "User Management > Roles",
  secondCreation: "conflict",
  function: {
    token: "auth0:index/getRole:getRole",
    arguments: { name: "{name}", skipUsers: true, skipPermissions: true },
  },
  scopes: scopesOf("roles"),
  neededFor: "`roles`",
  namesItself: true,
};

const rolePermissions: ResourceType = {
  token: "auth0:index/rolePermissions:RolePermissions",
  vendor: "auth0",
  find: { path: "/roles/{roleId}/permissions?per_page=100", whole: true },
  importId: "{roleId}",
  example: "rol_…",
  secondCreation: "harmless",
  scopes: scopesOfPart("roles"),
  neededFor: "`roles`",
};

const organizationMember: ResourceType = {
  token: "auth0:index/organizationMember:OrganizationMember",
  vendor: "auth0",
  find: {
    path: "/organizations/{organizationId}/members?take=100",
    list: "members",
    where: { user_id: "userId" },
  },
  importId: "{organizationId}::{userId}",
  example: "org_…::auth0|…",
  shownAt: "Organizations > Members",
  secondCreation: "harmless",
  scopes: scopesOf("organization_members", ["create", "read", "delete"]),
  neededFor: "`members`, `membersFile`",
  // The last page of the list names no next one; large organizations have more pages.
  requests: 2,
};

const organizationMemberRole: ResourceType = {
  token: "auth0:index/organizationMemberRole:OrganizationMemberRole",
  vendor: "auth0",
  find: {
    path: "/organizations/{organizationId}/members/{userId}/roles?per_page=100",
    where: { id: "roleId" },
  },
  importId: "{organizationId}::{userId}::{roleId}",
  example: "org_…::auth0|…::rol_…",
  secondCreation: "harmless",
  scopes: scopesOf("organization_member_roles", ["create", "read", "delete"]),
  neededFor: "`members`, `membersFile`",
  // Auth0 docs, "Entity Limit Policy": roles of a member in an organization.
  limit: 50,
};

/** It reconciles people itself: none of it is looked for by name, or imported. */
const roster = {
  vendor: "auth0",
  importId: "{id}",
  example: "",
  secondCreation: "harmless",
  neededFor: "`members`, `membersFile`",
} as const;

const organizationRoster: ResourceType = {
  ...roster,
  token: "roster:index:OrganizationRoster",
  // It is gone with its organization.
  read: "/organizations/{organizationId}",
  scopes: Object.fromEntries(
    (["create", "read", "delete"] as const).map((operation) => [
      operation,
      [`${operation}:organization_members`, `${operation}:organization_member_roles`],
    ]),
  ),
};

/** Who has accepted one has used it up: that it is not there says nothing. */
const invitation: ResourceType = {
  ...roster,
  token: "roster:index:Invitation",
  scopes: scopesOf("organization_invitations", ["create", "read", "delete"]),
  neededFor: "`invite: true`",
};

const organizationLogin: ResourceType = {
  ...roster,
  token: "roster:index:OrganizationLogin",
  read: "/clients/{clientId}",
  scopes: { create: ["update:clients"], read: ["read:clients"] },
  neededFor: "`clients`",
};

const rosterBaseline: ResourceType = {
  ...roster,
  token: "roster:index:Baseline",
  scopes: {},
  computed: { record: "id" },
};

export const auth0Types = {
  organization,
  organizationConnection,
  resourceServer,
  resourceServerScopes,
  clientGrant,
  organizationClientGrant,
  clientCredentials,
  organizationDiscoveryDomain,
  role,
  rolePermissions,
  organizationMember,
  organizationMemberRole,
  organizationRoster,
  invitation,
  organizationLogin,
  rosterBaseline,
  connection,
  client,
  clientCimd,
  connectionClient,
};
