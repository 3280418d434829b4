import { epochSeconds, routesOf, timestamp } from "@ai-api-access/emulator-core";
import type { Clock, Store } from "@ai-api-access/emulator-core";
import {
  authorizationCodes,
  loginFailures,
  pushedRequests,
  refreshTokens,
  secrets,
  sessions,
  transactions,
  usedProofs,
  userGrants,
} from "./authentication/record.ts";
import { federations } from "./authentication/federation/record.ts";
import { clients, credentials } from "./management/clients/record.ts";
import {
  connectionClients,
  connectionKeys,
  connections,
  directoryProvisionings,
  scimConfigurations,
  scimTokens,
} from "./management/connections/record.ts";
import {
  discoveryDomains,
  invitations,
  organizationClientGrants,
  organizationClients,
  organizationConnections,
  organizationMemberRoles,
  organizationMembers,
  organizations,
} from "./management/organizations/record.ts";
import {
  clientGrants,
  connectionProfiles,
  customDomains,
  features,
  identity,
  settings,
  signingKeys,
  userAttributeProfiles,
} from "./management/record.ts";
import { resourceServers } from "./management/resource-servers/record.ts";
import { rolePermissions, roles } from "./management/roles/record.ts";
import { passwords, userPermissions, userRoles, users } from "./management/users/record.ts";

/** Opens all collections of a store. */
function openData(store: Store) {
  return {
    authorizationCodes: store.collection(authorizationCodes),
    clientGrants: store.collection(clientGrants),
    clients: store.collection(clients),
    connectionClients: store.collection(connectionClients),
    connectionKeys: store.collection(connectionKeys),
    connectionProfiles: store.collection(connectionProfiles),
    connections: store.collection(connections),
    credentials: store.collection(credentials),
    customDomains: store.collection(customDomains),
    directoryProvisionings: store.collection(directoryProvisionings),
    discoveryDomains: store.collection(discoveryDomains),
    features: store.collection(features),
    federations: store.collection(federations),
    identity: store.collection(identity),
    invitations: store.collection(invitations),
    loginFailures: store.collection(loginFailures),
    organizationClientGrants: store.collection(organizationClientGrants),
    organizationClients: store.collection(organizationClients),
    organizationConnections: store.collection(organizationConnections),
    organizationMemberRoles: store.collection(organizationMemberRoles),
    organizationMembers: store.collection(organizationMembers),
    organizations: store.collection(organizations),
    passwords: store.collection(passwords),
    pushedRequests: store.collection(pushedRequests),
    refreshTokens: store.collection(refreshTokens),
    resourceServers: store.collection(resourceServers),
    rolePermissions: store.collection(rolePermissions),
    roles: store.collection(roles),
    scimConfigurations: store.collection(scimConfigurations),
    scimTokens: store.collection(scimTokens),
    secrets: store.collection(secrets),
    sessions: store.collection(sessions),
    settings: store.collection(settings),
    signingKeys: store.collection(signingKeys),
    transactions: store.collection(transactions),
    usedProofs: store.collection(usedProofs),
    userAttributeProfiles: store.collection(userAttributeProfiles),
    userGrants: store.collection(userGrants),
    userPermissions: store.collection(userPermissions),
    userRoles: store.collection(userRoles),
    users: store.collection(users),
  };
}

/** What the handlers of the tenant's routes work with. */
export interface Auth0Context {
  /** What is stored in the tenant, collection by collection. */
  readonly data: ReturnType<typeof openData>;
  /** The present time as Auth0 writes it: RFC 3339 with milliseconds. */
  readonly now: () => string;
  /** The present time in whole seconds since 1970, as tokens count it. */
  readonly seconds: () => number;
  /** The same in milliseconds, for what ends within seconds. */
  readonly clock: Clock;
  /** For handlers that have to wait: runs `work` with all of its writes kept, or none when it throws. */
  readonly transaction: <R>(work: () => R) => R;
  /** How documents elsewhere are read, of clients for instance. */
  readonly fetch: (address: string, options: RequestInit) => Promise<Response>;
}

/** Declares a route of the tenant. */
export const route = routesOf<Auth0Context>();

/** Opens a tenant that is kept in a store; it is empty until it is seeded. */
export function openContext(
  store: Store,
  clock: Clock,
  fetch: Auth0Context["fetch"] = globalThis.fetch,
): Auth0Context {
  return {
    data: openData(store),
    now: () => timestamp(clock),
    seconds: () => epochSeconds(clock),
    clock,
    transaction: (work) => store.transaction(work),
    fetch,
  };
}
