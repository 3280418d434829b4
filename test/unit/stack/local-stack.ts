import type { Registration } from "./registrations.ts";

const ORGANIZATION = "id-of-organization";
const SERVER = "id-of-service-app-authorization-server";
const ADA = "auth0|64f0000000000000000000a1";
const GRACE = "auth0|64f0000000000000000000a2";
const IDENTIFIER = "https://ai.example.com";

const organization: Registration[] = [
  { resource: "ai-api-access:auth0:OrganizationAccess organization", inputs: {} },
  {
    resource: "auth0:index/organization:Organization organization",
    parent: "organization",
    inputs: {
      name: "my-awesome-company",
      displayName: "My Awesome Company",
      branding: {
        logoUrl: "https://example.com/logo.png",
        colors: { primary: "#0000FF", page_background: "#FFFFFF" },
      },
      metadata: { plan: "pro" },
    },
  },
  {
    resource:
      "auth0:index/organizationConnection:OrganizationConnection organization.Username-Password-Authentication",
    parent: "organization",
    inputs: {
      organizationId: ORGANIZATION,
      connectionId: "con_premade",
      assignMembershipOnLogin: false,
      isSignupEnabled: false,
    },
    after: ["organization"],
    replaceOnChanges: ["organizationId", "connectionId"],
    deletedWith: "organization",
  },
];

export const LOGIN_APP: Registration[] = [
  { resource: "ai-api-access:auth0:LoginApplication login-app", inputs: {} },
  {
    resource: "auth0:index/client:Client login-app",
    parent: "login-app",
    inputs: {
      name: "AI Console",
      description: "Managed by Pulumi",
      appType: "regular_web",
      callbacks: ["http://localhost:3000/callback"],
      allowedLogoutUrls: ["http://localhost:3000"],
      grantTypes: ["authorization_code"],
      requirePushedAuthorizationRequests: false,
      oidcConformant: true,
      jwtConfiguration: { alg: "RS256" },
      organizationUsage: "require",
      organizationRequireBehavior: "pre_login_prompt",
    },
    ignoreChanges: ["description"],
    replaceOnChanges: ["appType"],
  },
  {
    resource: "auth0:index/connectionClient:ConnectionClient login-app.Username-Password-Authentication",
    parent: "login-app",
    inputs: { clientId: "id-of-login-app", connectionId: "con_premade" },
    after: ["login-app"],
  },
  {
    resource: "auth0:index/clientGrant:ClientGrant login-app-api",
    parent: "login-app",
    inputs: {
      clientId: "id-of-login-app",
      audience: IDENTIFIER,
      subjectType: "user",
      scopes: ["ai:read", "ai:write"],
    },
    after: ["api", "api-permissions", "login-app"],
    deletedWith: "login-app",
  },
];

const role = (name: string, description: string, permissions: string[]): Registration[] => [
  { resource: `auth0:index/role:Role api-role-${name}`, parent: "api", inputs: { name, description } },
  {
    resource: `auth0:index/rolePermissions:RolePermissions api-role-${name}`,
    parent: "api",
    inputs: {
      roleId: `id-of-api-role-${name}`,
      permissions: permissions.map((permission) => ({
        name: permission,
        resourceServerIdentifier: IDENTIFIER,
      })),
    },
    after: ["api", "api-permissions", `api-role-${name}`],
    deletedWith: `api-role-${name}`,
  },
];

const api: Registration[] = [
  { resource: "ai-api-access:auth0:ApiAccess api", inputs: {} },
  {
    resource: "auth0:index/resourceServer:ResourceServer api",
    parent: "api",
    inputs: {
      identifier: IDENTIFIER,
      name: "AI API",
      signingAlg: "RS256",
      enforcePolicies: true,
      tokenDialect: "access_token_authz",
      subjectTypeAuthorization: {
        user: { policy: "require_client_grant" },
        client: { policy: "require_client_grant" },
      },
      allowOfflineAccess: false,
      tokenLifetime: 86_400,
      tokenLifetimeForWeb: 7200,
      proofOfPossession: { mechanism: "dpop", required: false },
    },
  },
  {
    resource: "auth0:index/resourceServerScopes:ResourceServerScopes api-permissions",
    parent: "api",
    inputs: {
      resourceServerIdentifier: IDENTIFIER,
      scopes: [
        { name: "ai:read", description: "Ask the AI" },
        { name: "ai:write", description: "Teach the AI" },
      ],
    },
    after: ["api"],
    deletedWith: "api",
  },
  ...role("ai-reader", "May ask the AI", ["ai:read"]),
  ...role("ai-editor", "May ask and teach the AI", ["ai:read", "ai:write"]),
];

const member = (userId: string, roleName: string): Registration[] => [
  {
    resource: `auth0:index/organizationMember:OrganizationMember members-${userId}`,
    parent: "members",
    inputs: { organizationId: ORGANIZATION, userId },
    after: ["members", "organization"],
    deletedWith: "organization",
  },
  {
    resource: `auth0:index/organizationMemberRole:OrganizationMemberRole members-${userId}-${roleName}`,
    parent: "members",
    inputs: { organizationId: ORGANIZATION, userId, roleId: `id-of-api-role-${roleName}` },
    after: [`api-role-${roleName}`, `members-${userId}`, "organization"],
    deletedWith: "organization",
  },
];

export const MEMBERS: Registration[] = [
  { resource: "pulumi:index:Stash members", inputs: { input: "members" }, ignoreChanges: ["input"] },
  ...member(ADA, "ai-editor"),
  ...member(GRACE, "ai-reader"),
];

const scope = (name: string, description: string): Registration => ({
  resource: `okta:auth/serverScope:ServerScope service-app-scope-${name}`,
  parent: "service-app",
  inputs: {
    authServerId: SERVER,
    name,
    description,
    consent: "IMPLICIT",
    metadataPublish: "NO_CLIENTS",
  },
  after: ["service-app-authorization-server"],
  replaceOnChanges: ["authServerId"],
  deletedWith: "service-app-authorization-server",
});

const serviceApp: Registration[] = [
  { resource: "ai-api-access:okta:ServiceApp service-app", inputs: {} },
  {
    resource: "okta:app/oAuth:OAuth service-app",
    parent: "service-app",
    inputs: {
      label: "AI Service OAuth App",
      type: "service",
      grantTypes: ["client_credentials"],
      responseTypes: ["token"],
      tokenEndpointAuthMethod: "client_secret_post",
      redirectUris: ["https://example.com/oauth/callback"],
      postLogoutRedirectUris: ["https://example.com/"],
    },
    ignoreChanges: ["hideIos", "hideWeb"],
  },
  {
    resource: "okta:auth/server:Server service-app-authorization-server",
    parent: "service-app",
    inputs: { name: "AI API", description: "AI API", audiences: [IDENTIFIER], issuerMode: "ORG_URL" },
  },
  scope("ai:read", "Ask the AI"),
  scope("ai:write", "Teach the AI"),
  {
    resource: "okta:auth/serverPolicy:ServerPolicy service-app-policy",
    parent: "service-app",
    inputs: {
      authServerId: SERVER,
      name: "AI Service OAuth App",
      description: 'Only the app "AI Service OAuth App"',
      priority: 1,
      clientWhitelists: ["id-of-service-app"],
    },
    after: ["service-app", "service-app-authorization-server"],
    replaceOnChanges: ["authServerId"],
    deletedWith: "service-app-authorization-server",
  },
  {
    resource: "okta:auth/serverPolicyRule:ServerPolicyRule service-app-rule",
    parent: "service-app",
    inputs: {
      authServerId: SERVER,
      policyId: "id-of-service-app-policy",
      name: "client credentials",
      priority: 1,
      grantTypeWhitelists: ["client_credentials"],
      scopeWhitelists: ["ai:read", "ai:write"],
      groupWhitelists: ["EVERYONE"],
      accessTokenLifetimeMinutes: 60,
    },
    after: [
      "service-app-authorization-server",
      "service-app-policy",
      "service-app-scope-ai:read",
      "service-app-scope-ai:write",
    ],
    replaceOnChanges: ["authServerId", "policyId"],
    deletedWith: "service-app-policy",
  },
];

/** Every resource of Pulumi.local.yaml, as the engine gets it. */
export const LOCAL_STACK: readonly Registration[] = [
  ...organization,
  ...LOGIN_APP,
  ...api,
  { resource: "ai-api-access:auth0:OrganizationMembers members", inputs: {}, after: ["members"] },
  ...MEMBERS,
  ...serviceApp,
].sort((a, b) => (a.resource < b.resource ? -1 : 1));
