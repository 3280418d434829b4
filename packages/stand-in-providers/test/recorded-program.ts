/** The program whose life was recorded with the official plugins, with what a phase changes as an argument. */
import * as pulumi from "@pulumi/pulumi";
import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";

export interface Phase {
  /** Roles by person. */
  readonly members: Readonly<Record<string, readonly ("reader" | "editor")[]>>;
  readonly displayName: string;
  readonly connection: string;
  readonly authorizationServer: "server" | "other";
}

export function recordedProgram(phase: Phase) {
  declareAuth0(phase);
  const service = declareOkta(phase);
  const connection = auth0.getConnectionOutput({ name: "Username-Password-Authentication" });
  const role = auth0.getRoleOutput({ name: "reader" });
  const user = auth0.getUserOutput({ query: 'email:"user1@example.com"' });
  return {
    found: pulumi.all([connection.id, role.id, user.userId]),
    clientId: service.clientId,
    clientSecret: service.clientSecret,
  };
}

function declareAuth0({ members, displayName, connection: connectionName }: Phase) {
  const api = new auth0.ResourceServer("api", {
    name: "AI API",
    identifier: "https://ai.example.com",
    enforcePolicies: true,
    tokenDialect: "access_token_authz",
    signingAlg: "RS256",
  });
  const permissions = new auth0.ResourceServerScopes("permissions", {
    resourceServerIdentifier: api.identifier,
    scopes: [
      { name: "ai:read", description: "Read" },
      { name: "ai:write", description: "Write" },
    ],
  });
  const role = (name: string, scopes: readonly string[]) => {
    const declared = new auth0.Role(name, { name: `ai-${name}`, description: name });
    new auth0.RolePermissions(
      name,
      {
        roleId: declared.id,
        permissions: scopes.map((scope) => ({ resourceServerIdentifier: api.identifier, name: scope })),
      },
      { dependsOn: permissions },
    );
    return declared;
  };
  const roles = { reader: role("reader", ["ai:read"]), editor: role("editor", ["ai:read", "ai:write"]) };
  const organization = new auth0.Organization("organization", {
    name: "my-awesome-company",
    displayName,
    branding: {
      colors: { primary: "#0000FF", page_background: "#FFFFFF" },
      logoUrl: "https://example.com/logo.png",
    },
    metadata: { plan: "pro" },
  });
  const connection = new auth0.Connection("connection", {
    strategy: "auth0",
    name: connectionName,
    options: { passwordPolicy: "good", bruteForceProtection: true },
  });
  new auth0.OrganizationConnection(
    "link",
    { organizationId: organization.id, connectionId: connection.id, assignMembershipOnLogin: true },
    { replaceOnChanges: ["organizationId", "connectionId"] },
  );
  const login = new auth0.Client("login", {
    name: "AI Console",
    appType: "regular_web",
    callbacks: ["http://localhost:3000/callback"],
    allowedLogoutUrls: ["http://localhost:3000"],
    grantTypes: ["authorization_code", "refresh_token"],
    oidcConformant: true,
    organizationUsage: "require",
    organizationRequireBehavior: "pre_login_prompt",
  });
  new auth0.ConnectionClient("login", { connectionId: connection.id, clientId: login.id });
  for (const [user, names] of Object.entries(members)) {
    const member = new auth0.OrganizationMember(user, { organizationId: organization.id, userId: user });
    for (const name of names) {
      new auth0.OrganizationMemberRole(
        `${user}-${name}`,
        { organizationId: organization.id, userId: user, roleId: roles[name].id },
        { dependsOn: member },
      );
    }
  }
}

function declareOkta({ authorizationServer }: Phase) {
  const service = new okta.app.OAuth("service", {
    label: "AI Service OAuth App",
    type: "service",
    tokenEndpointAuthMethod: "client_secret_post",
    grantTypes: ["client_credentials"],
    responseTypes: ["token"],
    redirectUris: ["https://example.com/oauth/callback"],
    postLogoutRedirectUris: ["https://example.com/"],
  });
  const servers = {
    server: new okta.auth.Server("server", {
      name: "ai",
      description: "AI API",
      audiences: ["https://ai.example.com"],
      issuerMode: "ORG_URL",
    }),
    other: new okta.auth.Server("other", {
      name: "other",
      description: "Another",
      audiences: ["https://other.example.com"],
      issuerMode: "ORG_URL",
    }),
  };
  const authServerId = servers[authorizationServer].id;
  const scope = new okta.auth.ServerScope(
    "read",
    {
      authServerId,
      name: "ai:read",
      description: "Read",
      consent: "IMPLICIT",
      metadataPublish: "NO_CLIENTS",
    },
    { replaceOnChanges: ["authServerId"] },
  );
  const policy = new okta.auth.ServerPolicy(
    "policy",
    {
      authServerId,
      name: "AI service",
      description: "Only the AI service",
      priority: 1,
      clientWhitelists: [service.clientId],
    },
    { replaceOnChanges: ["authServerId"] },
  );
  new okta.auth.ServerPolicyRule(
    "rule",
    {
      authServerId,
      policyId: policy.id,
      name: "client credentials",
      priority: 1,
      grantTypeWhitelists: ["client_credentials"],
      scopeWhitelists: [scope.name],
      groupWhitelists: ["EVERYONE"],
      accessTokenLifetimeMinutes: 60,
    },
    { replaceOnChanges: ["authServerId", "policyId"] },
  );
  return service;
}
