import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";
import * as pulumi from "@pulumi/pulumi";
import people from "./people.json";

// Create an Auth0 Organization.
const organization = new auth0.Organization("my-organization", {
  name: "my-awesome-company",
  displayName: "My Awesome Company",
  branding: {
    logoUrl: "https://example.com/logo.png",
    colors: { primary: "#0000FF", page_background: "#FFFFFF" },
  },
  metadata: { plan: "pro" },
});

// Enable the database that every tenant has for the organization.
const connection = auth0.getConnectionOutput({ name: "Username-Password-Authentication" });

new auth0.OrganizationConnection("my-organization-connection", {
  organizationId: organization.id,
  connectionId: connection.id,
  assignMembershipOnLogin: false,
});

// Create the application through which people log in, and enable the connection for it.
const aiConsole = new auth0.Client("ai-console", {
  name: "AI Console",
  appType: "regular_web",
  callbacks: ["http://localhost:3000/callback"],
  allowedLogoutUrls: ["http://localhost:3000"],
  grantTypes: ["authorization_code", "refresh_token"],
  oidcConformant: true,
  organizationUsage: "require",
  organizationRequireBehavior: "pre_login_prompt",
});

new auth0.ConnectionClient("ai-console-connection", {
  connectionId: connection.id,
  clientId: aiConsole.id,
});

// Create the API and its permissions.
const api = new auth0.ResourceServer("ai-api", {
  identifier: "https://ai.example.com",
  name: "AI API",
  signingAlg: "RS256",
  enforcePolicies: true,
  tokenDialect: "access_token_authz",
  subjectTypeAuthorization: {
    user: { policy: "require_client_grant" },
    client: { policy: "require_client_grant" },
  },
});

const permissions = new auth0.ResourceServerScopes("ai-api-permissions", {
  resourceServerIdentifier: api.identifier,
  scopes: [
    { name: "ai:read", description: "Ask the AI" },
    { name: "ai:write", description: "Teach the AI" },
  ],
});

new auth0.ClientGrant(
  "ai-console-api",
  { clientId: aiConsole.id, audience: api.identifier, subjectType: "user", scopes: ["ai:read", "ai:write"] },
  { dependsOn: permissions },
);

// Create roles and give them permissions.
const reader = new auth0.Role("ai-reader", { name: "ai-reader", description: "May ask the AI" });
const editor = new auth0.Role("ai-editor", { name: "ai-editor", description: "May ask and teach the AI" });

new auth0.RolePermissions(
  "ai-reader-permissions",
  {
    roleId: reader.id,
    permissions: [{ resourceServerIdentifier: api.identifier, name: "ai:read" }],
  },
  { dependsOn: permissions },
);

new auth0.RolePermissions(
  "ai-editor-permissions",
  {
    roleId: editor.id,
    permissions: [
      { resourceServerIdentifier: api.identifier, name: "ai:read" },
      { resourceServerIdentifier: api.identifier, name: "ai:write" },
    ],
  },
  { dependsOn: permissions },
);

// Add members to the organization and give them roles.
const roles = new Map([
  ["ai-reader", reader],
  ["ai-editor", editor],
]);
for (const { user, role } of people) {
  const member = new auth0.OrganizationMember(user, { organizationId: organization.id, userId: user });

  new auth0.OrganizationMemberRole(
    `${user}-role`,
    { organizationId: organization.id, userId: user, roleId: roles.get(role)?.id ?? "" },
    { dependsOn: member },
  );
}

// Create an Okta OAuth app for the AI service.
const oauthApp = new okta.app.OAuth("ai-service-oauth-app", {
  label: "AI Service OAuth App",
  type: "service",
  grantTypes: ["client_credentials"],
  responseTypes: ["token"],
  tokenEndpointAuthMethod: "client_secret_post",
  redirectUris: ["https://example.com/oauth/callback"],
  postLogoutRedirectUris: ["https://example.com/"],
});

// Create its authorization server with scopes, a policy and a rule.
const authServer = new okta.auth.Server("ai-auth-server", {
  name: "AI API",
  description: "Tokens for the AI API",
  audiences: ["https://ai.example.com"],
  issuerMode: "ORG_URL",
});

const readScope = new okta.auth.ServerScope("ai-read", {
  authServerId: authServer.id,
  name: "ai:read",
  description: "Ask the AI",
  consent: "IMPLICIT",
  metadataPublish: "NO_CLIENTS",
});

const writeScope = new okta.auth.ServerScope("ai-write", {
  authServerId: authServer.id,
  name: "ai:write",
  description: "Teach the AI",
  consent: "IMPLICIT",
  metadataPublish: "NO_CLIENTS",
});

const policy = new okta.auth.ServerPolicy("ai-service-policy", {
  authServerId: authServer.id,
  name: "AI service",
  description: "Only the AI service",
  priority: 1,
  clientWhitelists: [oauthApp.clientId],
});

new okta.auth.ServerPolicyRule("ai-service-rule", {
  authServerId: authServer.id,
  policyId: policy.id,
  name: "client credentials",
  priority: 1,
  grantTypeWhitelists: ["client_credentials"],
  scopeWhitelists: [readScope.name, writeScope.name],
  groupWhitelists: ["EVERYONE"],
  accessTokenLifetimeMinutes: 60,
});

// Export what an application needs.
export const organizationId = organization.id;
export const organizationDomain = auth0.getTenantOutput().domain;
export const auth0ClientId = aiConsole.clientId;
export const clientId = oauthApp.clientId;
export const clientSecret = pulumi.secret(oauthApp.clientSecret);
export const oktaIssuer = authServer.issuer;
