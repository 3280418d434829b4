import { and, compositeKey, eq } from "@ai-api-access/emulator-core";
import { patched } from "./changes.ts";
import type { Collections } from "./collections.ts";

/** Deletes an organization with all that it has: links, members, their roles, grants, roles of its own. */
export function deleteOrganization(db: Collections, id: string): boolean {
  const own = eq<"organization_id">("organization_id", id);
  db.organizationConnections.deleteWhere(own);
  db.organizationMemberRoles.deleteWhere(own);
  db.organizationMembers.deleteWhere(own);
  db.organizationClientGrants.deleteWhere(own);
  db.organizationClients.deleteWhere(own);
  db.discoveryDomains.deleteWhere(own);
  db.invitations.deleteWhere(own);
  for (const role of db.roles.find(eq("owner_id", id))) deleteRole(db, role.id);
  return db.organizations.delete(id);
}

/** Takes a member out of an organization, with the roles held in it. */
export function deleteMember(db: Collections, organizationId: string, userId: string): void {
  db.organizationMemberRoles.deleteWhere(and(eq("organization_id", organizationId), eq("user_id", userId)));
  db.organizationMembers.delete(compositeKey(organizationId, userId));
}

/** Deletes a user with memberships, roles, permissions, password and all that came of signing in. */
export function deleteUser(db: Collections, id: string): boolean {
  const own = eq<"user_id">("user_id", id);
  db.organizationMemberRoles.deleteWhere(own);
  db.organizationMembers.deleteWhere(own);
  db.userRoles.deleteWhere(own);
  db.userPermissions.deleteWhere(own);
  db.passwords.delete(id);
  db.sessions.deleteWhere(own);
  db.codes.deleteWhere(own);
  db.refreshTokens.deleteWhere(own);
  return db.users.delete(id);
}

/** Deletes a connection with its links to organizations and clients, and all users that it keeps. */
export function deleteConnection(db: Collections, id: string): void {
  const connection = db.connections.get(id);
  if (connection === undefined) return;
  for (const user of db.users.find(eq("connection", connection.name))) deleteUser(db, user.user_id);
  db.organizationConnections.deleteWhere(eq("connection_id", id));
  db.connectionClients.deleteWhere(eq("connection_id", id));
  db.connections.delete(id);
}

/** Deletes a client grant with its links to organizations. */
export function deleteClientGrant(db: Collections, id: string): void {
  db.organizationClientGrants.deleteWhere(eq("grant_id", id));
  db.clientGrants.delete(id);
}

/** Deletes a client with its credentials, its grants and its place among connections' clients. */
export function deleteClient(db: Collections, id: string): void {
  for (const grant of db.clientGrants.find(eq("client_id", id))) deleteClientGrant(db, grant.id);
  db.credentials.deleteWhere(eq("client_id", id));
  unlinkResourceServer(db, id);
  db.connectionClients.deleteWhere(eq("client_id", id));
  db.organizationClients.deleteWhere(eq("client_id", id));
  db.invitations.deleteWhere(eq("client_id", id));
  db.codes.deleteWhere(eq("client_id", id));
  db.refreshTokens.deleteWhere(eq("client_id", id));
  db.clients.delete(id);
}

/** An API whose own client is gone names none. */
function unlinkResourceServer(db: Collections, clientId: string): void {
  const reference = db.clients.get(clientId)?.resource_server_identifier;
  if (typeof reference !== "string") return;
  const server = db.resourceServers.first(eq("identifier", reference));
  if (server?.client_id === clientId) db.resourceServers.put(patched(server, { client_id: null }));
}

/** Deletes a role wherever it was given. */
export function deleteRole(db: Collections, id: string): boolean {
  const own = eq<"role_id">("role_id", id);
  db.rolePermissions.deleteWhere(own);
  db.userRoles.deleteWhere(own);
  db.organizationMemberRoles.deleteWhere(own);
  return db.roles.delete(id);
}

/** Deletes a resource server with its permissions wherever they were given, and the grants for it. */
export function deleteResourceServer(db: Collections, id: string): void {
  const server = db.resourceServers.get(id);
  if (server === undefined) return;
  const own = eq<"resource_server_identifier">("resource_server_identifier", server.identifier);
  db.rolePermissions.deleteWhere(own);
  db.userPermissions.deleteWhere(own);
  for (const grant of db.clientGrants.find(eq("audience", server.identifier)))
    deleteClientGrant(db, grant.id);
  db.resourceServers.delete(id);
}

/** Takes away the permissions that are none of an API's scopes any more. */
export function dropForeignPermissions(
  db: Collections,
  identifier: string,
  scopes: ReadonlySet<string>,
): void {
  const own = eq<"resource_server_identifier">("resource_server_identifier", identifier);
  for (const given of db.rolePermissions.find(own)) {
    if (!scopes.has(given.permission_name)) db.rolePermissions.delete(db.rolePermissions.spec.key(given));
  }
  for (const given of db.userPermissions.find(own)) {
    if (!scopes.has(given.permission_name)) db.userPermissions.delete(db.userPermissions.spec.key(given));
  }
}
