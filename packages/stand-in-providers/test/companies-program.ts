/** What was recorded for organizations as companies have them, with whether it is changed as an argument. */
import { generateKeyPairSync } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";

const key = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = key.publicKey.export({ type: "spki", format: "pem" }).toString();

export function companiesProgram({ changed }: { readonly changed: boolean }) {
  const api = new auth0.ResourceServer("api", {
    name: "AI API",
    identifier: "https://ai.example.com",
    enforcePolicies: true,
    tokenDialect: "rfc9068_profile_authz",
    signingAlg: "RS256",
    allowOfflineAccess: true,
    subjectTypeAuthorization: {
      user: { policy: "require_client_grant" },
      client: { policy: "require_client_grant" },
    },
    proofOfPossession: { mechanism: "dpop", required: changed },
  });
  const scopes = new auth0.ResourceServerScopes("scopes", {
    resourceServerIdentifier: api.identifier,
    scopes: [
      { name: "ai:read", description: "r" },
      { name: "ai:write", description: "w" },
    ],
  });
  const login = loginClient(changed);
  new auth0.ClientGrant(
    "login",
    {
      clientId: login.id,
      audience: api.identifier,
      scopes: changed ? ["ai:read"] : ["ai:read", "ai:write"],
      subjectType: "user",
    },
    { dependsOn: scopes },
  );
  const grant = machineGrant(api.identifier, scopes);
  const organization = new auth0.Organization("acme", {
    name: "acme",
    displayName: changed ? "Acme Corporation" : "Acme",
    tokenQuota: { clientCredentials: { perDay: changed ? 2000 : 1000, perHour: 100, enforce: true } },
  });
  new auth0.OrganizationClientGrant("machine", { organizationId: organization.id, grantId: grant.id });
  new auth0.OrganizationDiscoveryDomain("acme.example.com", {
    organizationId: organization.id,
    domain: "acme.example.com",
    status: changed ? "verified" : "pending",
    useForOrganizationDiscovery: true,
  });
  for (const [name, connection] of Object.entries(connections(changed))) {
    new auth0.OrganizationConnection(
      name,
      {
        organizationId: organization.id,
        connectionId: connection.id,
        assignMembershipOnLogin: name === "atOkta",
        ...(name === "database" ? { isSignupEnabled: false } : { showAsButton: true }),
      },
      { replaceOnChanges: ["organizationId", "connectionId"] },
    );
    new auth0.ConnectionClient(name, { connectionId: connection.id, clientId: login.id });
  }
  const sharedApi = auth0.getResourceServerOutput({ identifier: "https://management.example.com" });
  const everyone = okta.group.getGroupOutput({ name: "Everyone" });
  return { everyone: everyone.id, sharedApi: sharedApi.id };
}

function loginClient(changed: boolean) {
  return new auth0.Client("login", {
    name: "AI Console",
    appType: "regular_web",
    callbacks: ["https://console.example.com/callback"],
    initiateLoginUri: "https://console.example.com/login",
    grantTypes: ["authorization_code", "refresh_token"],
    oidcConformant: true,
    organizationUsage: "require",
    organizationRequireBehavior: "pre_login_prompt",
    organizationDiscoveryMethods: ["email"],
    jwtConfiguration: { alg: "RS256" },
    requireProofOfPossession: changed,
    refreshToken: {
      rotationType: "rotating",
      expirationType: "expiring",
      leeway: 0,
      tokenLifetime: changed ? 1209600 : 2592000,
      idleTokenLifetime: 1296000,
      infiniteTokenLifetime: false,
      infiniteIdleTokenLifetime: false,
    },
  });
}

/** A machine that acts for the organization, with a key. */
function machineGrant(audience: pulumi.Input<string>, scopes: pulumi.Resource) {
  const machine = new auth0.Client("machine", {
    name: "Acme's agent",
    appType: "non_interactive",
    grantTypes: ["client_credentials"],
    tokenQuota: { clientCredentials: { perHour: 100, enforce: true } },
  });
  new auth0.ClientCredentials("machine", {
    clientId: machine.id,
    authenticationMethod: "private_key_jwt",
    privateKeyJwt: { credentials: [{ name: "k1", credentialType: "public_key", algorithm: "RS256", pem }] },
  });
  return new auth0.ClientGrant(
    "machine",
    {
      clientId: machine.id,
      audience,
      scopes: ["ai:read"],
      subjectType: "client",
      organizationUsage: "require",
      allowAnyOrganization: false,
    },
    { dependsOn: scopes },
  );
}

function connections(changed: boolean) {
  const onEachLogin = { setUserRootAttributes: "on_each_login" };
  const workforce = workforceApp();
  const atOkta = new auth0.Connection("okta", {
    name: "acme-okta",
    strategy: "okta",
    displayName: changed ? "Acme (Okta)" : "Acme",
    showAsButton: true,
    options: {
      ...onEachLogin,
      clientId: workforce.clientId,
      clientSecret: workforce.clientSecret,
      domain: "local.okta.example.com",
      scopes: ["openid", "profile", "email"],
      iconUrl: "",
      nonPersistentAttrs: [],
      connectionSettings: { pkce: "auto" },
      attributeMap: {
        mappingMode: "basic_profile",
        userinfoScope: "openid email profile",
        attributes: JSON.stringify({ email: "${context.tokenset.email}", name: "${context.tokenset.name}" }),
      },
    },
  });
  const google = new auth0.Connection("google", {
    name: "acme-google",
    strategy: "google-oauth2",
    options: {
      ...onEachLogin,
      clientId: "g1",
      clientSecret: pulumi.secret("google secret"),
      allowedAudiences: [],
      scopes: ["email", "profile"],
    },
  });
  const github = new auth0.Connection("github", {
    name: "acme-github",
    strategy: "github",
    options: {
      ...onEachLogin,
      clientId: "h1",
      clientSecret: pulumi.secret("github secret"),
      scopes: ["email", "read_user"],
    },
  });
  const issuer = "https://login.acme.example.com";
  const oidc = new auth0.Connection("oidc", {
    name: "acme-oidc",
    strategy: "oidc",
    displayName: "Acme SSO",
    options: {
      clientId: "o1",
      clientSecret: pulumi.secret("oidc secret"),
      type: "back_channel",
      issuer,
      authorizationEndpoint: `${issuer}/authorize`,
      tokenEndpoint: `${issuer}/token`,
      jwksUri: `${issuer}/keys`,
      discoveryUrl: `${issuer}/.well-known/openid-configuration`,
      scopes: ["openid", "profile", "email"],
      connectionSettings: { pkce: "auto" },
      attributeMap: { mappingMode: "use_map", attributes: "{}" },
    },
  });
  const database = new auth0.Connection("database", {
    name: "acme-users",
    strategy: "auth0",
    options: {
      passwordPolicy: "good",
      bruteForceProtection: true,
      disableSignup: true,
      passwordHistories: [{ enable: true, size: 5 }],
      passwordNoPersonalInfo: { enable: true },
      passwordDictionary: { enable: true, dictionaries: [] },
    },
  });
  return { atOkta, google, github, oidc, database };
}

/** The other end of the connection to Okta. */
function workforceApp() {
  const group = new okta.group.Group("people", { name: "AI people", description: "May use the AI" });
  const workforce = new okta.app.OAuth("workforce", {
    label: "AI Console",
    type: "web",
    grantTypes: ["authorization_code"],
    responseTypes: ["code"],
    tokenEndpointAuthMethod: "client_secret_post",
    pkceRequired: true,
    redirectUris: ["https://tenant.example.com/login/callback"],
    hideIos: true,
    hideWeb: true,
    loginMode: "DISABLED",
  });
  new okta.app.GroupAssignment("workforce", { appId: workforce.id, groupId: group.id });
  return workforce;
}
