import { type BaseStack, readBaseStack } from "./base-stack.ts";
import { ApiAccess } from "./components/auth0/api-access.ts";
import { enableOnConnections, LoginApplication } from "./components/auth0/login-application.ts";
import { ServiceApp } from "./components/okta/service-app.ts";
import type { StackConfig } from "./config/index.ts";
import { loginApplicationArgs } from "./config/login-app.ts";
import { serviceAppArgs } from "./config/service-app.ts";
import { declareClients } from "./clients.ts";
import { adviseOnConflicts } from "./conflicts.ts";
import { type DeclaredConnection, declareConnections } from "./connections.ts";
import { type Found, lookUp } from "./lookups/index.ts";
import { declareMachines } from "./machines.ts";
import { declareOrganization } from "./organization.ts";
import { type StackOutputs, stackOutputs } from "./outputs.ts";
import { rememberKeys } from "./people-key.ts";
import { declareRosterProvider } from "./roster-provider.ts";

/**
 * Declares the whole stack: people come in through Auth0 Organizations, machines through an Okta service app.
 * @throws LookupError when the configuration names what the tenant does not have.
 */
export async function declareStack(config: StackConfig): Promise<StackOutputs> {
  adviseOnConflicts();
  const base = await readBaseStack(config.baseStack);
  const found = await lookUp(config, base);
  const keys = await rememberKeys(config.organizations);

  const api = config.api && new ApiAccess("api", { ...config.api, roles: [...config.roles] });
  const roleIds = { ...Object.fromEntries(found.roleIds), ...api?.roleIds };
  const connections = declareConnections(config, found);
  const loginClientId = declareLogin(config, { found, api, connections, base });
  const { loginApp } = config;
  // Whether one that exists begins logins, Auth0 alone knows.
  const invitesTo = loginApp && loginApp.initiateLoginUri === undefined ? undefined : loginClientId;
  const roster = declareRosterProvider(config, found);
  const organizations = config.organizations.map((organization, index) =>
    declareOrganization(organization, {
      ...{ connections, found, roleIds, roster, loginClientId: invitesTo, peopleAfter: keys[index] },
    }),
  );
  const audience = api?.audience ?? found.api?.identifier ?? "";
  const machines = declareMachines(config, organizations, audience);
  const clients = declareClients(config, audience, roster ? { providers: [roster] } : {});
  const serviceApp = config.serviceApp
    ? new ServiceApp("service-app", serviceAppArgs(config.serviceApp))
    : base?.serviceApp;

  return stackOutputs({
    config,
    found,
    organizations,
    loginClientId,
    api,
    roleIds,
    machines,
    clients,
    serviceApp,
  });
}

interface LoginParts {
  readonly found: Found;
  readonly api: ApiAccess | undefined;
  readonly connections: ReadonlyMap<string, DeclaredConnection>;
  readonly base: BaseStack | undefined;
}

/** The application through which people log in; of one that exists, only what ties it to what this stack creates. */
function declareLogin(config: StackConfig, { found, api, connections, base }: LoginParts) {
  const all = [...connections].map(([name, connection]) => ({ name, ...connection }));
  const { loginApp } = config;
  const granted = grantedApi(config, found, api);
  if (loginApp === undefined || granted === undefined) {
    const existing = config.existingLoginApp ?? base?.loginClientId;
    const own = all.filter(({ isOwn }) => isOwn);
    if (existing !== undefined) enableOnConnections("login-app", existing, own);
    return existing;
  }
  const { offlineAccess, ...toApi } = granted;
  const args = loginApplicationArgs(loginApp, offlineAccess);
  const findsOrganizationByEmail = config.organizations.some(
    ({ discoveryDomains }) => discoveryDomains.length > 0,
  );
  return new LoginApplication("login-app", {
    ...{ ...args, findsOrganizationByEmail, connections: all, ...toApi },
  }).clientId;
}

/** What the login application may ask for on behalf of people: everything that the API has. */
function grantedApi(config: StackConfig, found: Found, api: ApiAccess | undefined) {
  if (config.api && api) {
    const { permissions, offlineAccess } = config.api;
    return { audience: api.audience, permissions: permissions.map(({ name }) => name), offlineAccess };
  }
  if (found.api === undefined) return undefined;
  const { identifier: audience, permissions, offlineAccess } = found.api;
  return { audience, permissions: permissions.length > 0 ? [...permissions] : undefined, offlineAccess };
}
