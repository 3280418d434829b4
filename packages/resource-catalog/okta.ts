/** Resource types of Okta's provider. */
import { z } from "zod";
import type { Inputs, Readers, ResourceType } from "./resource-type.ts";

/** Scopes of OAuth for Okta: one to read, one for everything else. */
function scopesOf(resource: string): ResourceType["scopes"] {
  const manage = [`okta.${resource}.manage`];
  return { create: manage, read: [`okta.${resource}.read`], update: manage, delete: manage };
}

/** Okta deletes only what is inactive. */
function deactivateAndDelete(path: string): NonNullable<ResourceType["remove"]> {
  return [
    ["POST", `${path}/lifecycle/deactivate`],
    ["DELETE", path],
  ];
}

const app: ResourceType = {
  token: "okta:app/oAuth:OAuth",
  vendor: "okta",
  find: { path: "/apps?limit=200&q={label}", where: { label: "label" } },
  read: "/apps/{id}",
  importId: "{id}",
  example: "0oa…",
  shownAt: "Applications",
  secondCreation: "duplicate",
  remove: deactivateAndDelete("/apps/{id}"),
  // The provider asks for access policies whenever it changes an app.
  scopes: { ...scopesOf("apps"), update: ["okta.apps.manage", "okta.policies.read"] },
  neededFor: "always",
  requests: 5,
  computed: { clientId: "id", clientSecret: "unknown" },
  unreported: [
    "omitSecret",
    "skipAuthenticationPolicy",
    "skipGroups",
    "skipUsers",
    "pkceRequired",
    "autoKeyRotation",
    "authenticationPolicy",
    "refreshTokenLeeway",
    "refreshTokenRotation",
    "clientSecret",
  ],
  secrets: clientSecret,
};

const appGroupAssignment: ResourceType = {
  token: "okta:app/groupAssignment:GroupAssignment",
  vendor: "okta",
  find: { path: "/apps/{appId}/groups/{groupId}" },
  read: "/apps/{appId}/groups/{id}",
  importId: "{appId}/{id}",
  example: "0oa…/00g…",
  shownAt: "Applications > the application > Assignments",
  secondCreation: "harmless",
  scopes: scopesOf("apps"),
  neededFor: "`okta` connections",
};

const secretsSchema = z.array(z.object({ status: z.string(), client_secret: z.string() })).default([]);

/** Okta shows a client secret in its answer to a creation; the endpoint of its own still has it. */
async function clientSecret(id: string, { tokenEndpointAuthMethod }: Inputs, { okta }: Readers) {
  if (tokenEndpointAuthMethod === "private_key_jwt") return {};
  const secrets = secretsSchema.parse(await okta(`/apps/${id}/credentials/secrets`));
  const active = secrets.find(({ status }) => status === "ACTIVE");
  return active === undefined ? {} : { clientSecret: active.client_secret };
}

const SERVER = "/authorizationServers/{authServerId}";
const POLICY = `${SERVER}/policies/{policyId}`;

const server: ResourceType = {
  token: "okta:auth/server:Server",
  vendor: "okta",
  find: { path: "/authorizationServers?limit=200&q={name}", where: { name: "name" } },
  read: "/authorizationServers/{id}",
  importId: "{id}",
  example: "aus…",
  shownAt: "Security > API",
  secondCreation: "duplicate",
  remove: deactivateAndDelete("/authorizationServers/{id}"),
  scopes: scopesOf("authorizationServers"),
  neededFor: "always",
  feature: "API Access Management",
  namesItself: true,
  computed: { issuer: "unknown" },
  unreported: ["status"],
};

const serverScope: ResourceType = {
  token: "okta:auth/serverScope:ServerScope",
  vendor: "okta",
  find: { path: `${SERVER}/scopes`, where: { name: "name" } },
  read: `${SERVER}/scopes/{id}`,
  importId: "{authServerId}/{id}",
  example: "aus…/scp…",
  shownAt: "`GET /api/v1/authorizationServers/aus…/scopes`",
  secondCreation: "conflict",
  function: {
    token: "okta:auth/getServerScopes:getServerScopes",
    arguments: { authServerId: "{authServerId}" },
    list: "scopes",
    where: { name: "name" },
  },
  scopes: scopesOf("authorizationServers"),
  neededFor: "always",
  namesItself: true,
  unreported: ["optional"],
};

const serverPolicy: ResourceType = {
  token: "okta:auth/serverPolicy:ServerPolicy",
  vendor: "okta",
  find: { path: `${SERVER}/policies`, where: { name: "name" } },
  read: `${SERVER}/policies/{id}`,
  importId: "{authServerId}/{id}",
  example: "aus…/00p…",
  shownAt: "`GET /api/v1/authorizationServers/aus…/policies`",
  secondCreation: "conflict",
  function: {
    token: "okta:auth/getServerPolicy:getServerPolicy",
    arguments: { authServerId: "{authServerId}", name: "{name}" },
  },
  scopes: scopesOf("authorizationServers"),
  neededFor: "always",
  namesItself: true,
};

/** The provider has no function that finds a rule. */
const serverPolicyRule: ResourceType = {
  token: "okta:auth/serverPolicyRule:ServerPolicyRule",
  vendor: "okta",
  find: { path: `${POLICY}/rules`, where: { name: "name" } },
  read: `${POLICY}/rules/{id}`,
  importId: "{authServerId}/{policyId}/{id}",
  example: "aus…/00p…/0pr…",
  shownAt: "`GET /api/v1/authorizationServers/aus…/policies/00p…/rules`",
  secondCreation: "conflict",
  scopes: scopesOf("authorizationServers"),
  neededFor: "always",
  namesItself: true,
};

export const oktaTypes = { app, appGroupAssignment, server, serverScope, serverPolicy, serverPolicyRule };
