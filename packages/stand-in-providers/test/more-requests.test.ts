/**
 * Claim: the stand-ins make the recorded requests for the types beyond those of the stack, too. What the recorded
 * program declares with types that the stand-ins do not have is left out of the comparison.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as auth0 from "@pulumi/auth0";
import * as okta from "@pulumi/okta";
import { Recordings } from "./recordings.ts";
import { StandInStack } from "./stand-in-stack.ts";

const recordings = new Recordings("every-type", {
  "Organization org": "{organization:1}",
  "ResourceServer api": "{id:1}",
  "Client m2m": "{id:2}",
  "Client app": "{id:3}",
  "Role editor": "{role:1}",
  "Connection db": "{connection:1}",
  "User ada": "{user:1}",
  "ClientGrant m2m": "{clientGrant:1}",
  "OAuth ai-pk": "{oktaApp:1}",
  "OAuth ai-service": "{oktaApp:2}",
  "Server ai": "{authServer:1}",
  "ServerScope read": "{scope:1}",
  "ServerClaim dept": "{policyOrClaim:1}",
  "ServerPolicy pol": "{policyOrClaim:2}",
  "ServerPolicyRule rule": "{rule:1}",
});

/** Requests of OrganizationConnections, OrganizationMembers, ConnectionClients, AppOauthApiScope and two lookups. */
const OF_OTHER_TYPES =
  /organizations\/\S+\/(connections|members)|connections\/\S+(\/clients|fields=)|apps\/\S+\/grants|GET \S+(\/connections\?|\/roles\?|rol_reader)|con_default/;
/** The recorder asked twice: two apps were read before the first answer was there to be kept. */
const ONCE = "okta GET /.well-known/okta-organization ";

const MODULUS =
  "tj4rjMvXbJgyeCTlWq0OI7f_8iK1c3pXlE0DaFbOySB0SlLKrVZ1pQ7pqK8i1Zg0Oq3CsaAYX2BaQfpI1mgdbrU5CgwW6zzBOZT0PzZqvKVk4sYBoMCBX9wR8Tg3LkQw3z0CG3OQz0nYl7GC8bnMcS6bCHp7Vuxp7eR8g_KJQ0k";

function program() {
  const api = new auth0.ResourceServer("api", {
    name: "AI API",
    identifier: "https://ai.example.com",
    enforcePolicies: true,
    tokenDialect: "access_token_authz",
    signingAlg: "RS256",
    skipConsentForVerifiableFirstPartyClients: true,
  });
  const scopes = new auth0.ResourceServerScopes("scopes", {
    resourceServerIdentifier: api.identifier,
    scopes: [
      { name: "ai:read", description: "r" },
      { name: "ai:write", description: "w" },
    ],
  });
  const role = new auth0.Role("editor", { name: "editor", description: "may write" });
  new auth0.RolePermissions(
    "editor",
    { roleId: role.id, permissions: [{ resourceServerIdentifier: api.identifier, name: "ai:write" }] },
    { dependsOn: scopes },
  );
  const organization = new auth0.Organization("org", {
    name: "my-awesome-company",
    displayName: "My Awesome Company",
    branding: {
      colors: { primary: "#0000FF", page_background: "#FFFFFF" },
      logoUrl: "https://example.com/logo.png",
    },
    metadata: { plan: "pro" },
  });
  const connection = new auth0.Connection("db", {
    strategy: "auth0",
    name: "My-DB",
    options: { passwordPolicy: "good", bruteForceProtection: true, disableSignup: true },
  });
  new auth0.Client("app", {
    name: "AI Console",
    appType: "regular_web",
    callbacks: ["http://localhost:3000/callback"],
    allowedLogoutUrls: ["http://localhost:3000"],
    grantTypes: ["authorization_code", "refresh_token"],
    oidcConformant: true,
    organizationUsage: "require",
    organizationRequireBehavior: "pre_login_prompt",
    jwtConfiguration: { alg: "RS256" },
  });
  const user = new auth0.User("ada", {
    connectionName: connection.name,
    email: "ada@example.com",
    password: "Aa1!aaaaaaaa",
    emailVerified: true,
  });
  const machine = new auth0.Client("m2m", {
    name: "AI M2M",
    appType: "non_interactive",
    grantTypes: ["client_credentials"],
  });
  const credentials = new auth0.ClientCredentials("m2m", {
    clientId: machine.id,
    authenticationMethod: "client_secret_post",
  });
  const grant = new auth0.ClientGrant(
    "m2m",
    {
      clientId: machine.id,
      audience: api.identifier,
      scopes: ["ai:read"],
      organizationUsage: "allow",
      allowAnyOrganization: false,
    },
    { dependsOn: scopes },
  );
  new auth0.OrganizationClientGrant("m2m", { organizationId: organization.id, grantId: grant.id });
  const { domain } = auth0.getTenantOutput();
  return { domain, userId: user.userId, machineSecret: credentials.clientSecret, ...oktaProgram() };
}

function oktaProgram() {
  const service = { type: "service", grantTypes: ["client_credentials"], responseTypes: ["token"] };
  const app = new okta.app.OAuth("ai-service", {
    ...service,
    label: "AI Service OAuth App",
    tokenEndpointAuthMethod: "client_secret_post",
  });
  new okta.app.OAuth("ai-pk", {
    ...service,
    label: "AI Service PK",
    tokenEndpointAuthMethod: "private_key_jwt",
    jwks: [{ kty: "RSA", kid: "k1", e: "AQAB", n: MODULUS.repeat(2) }],
  });
  const server = new okta.auth.Server("ai", {
    name: "ai",
    description: "AI",
    audiences: ["https://api.example.com"],
    issuerMode: "ORG_URL",
  });
  const authServerId = server.id;
  const scope = new okta.auth.ServerScope("read", {
    authServerId,
    name: "ai:read",
    description: "x",
    consent: "IMPLICIT",
    metadataPublish: "NO_CLIENTS",
  });
  new okta.auth.ServerClaim(
    "dept",
    {
      authServerId,
      name: "tier",
      value: '"gold"',
      valueType: "EXPRESSION",
      claimType: "RESOURCE",
      alwaysIncludeInToken: true,
      scopes: ["ai:read"],
    },
    { dependsOn: scope },
  );
  const policy = new okta.auth.ServerPolicy("pol", {
    authServerId,
    name: "p",
    description: "d",
    priority: 1,
    clientWhitelists: [app.clientId],
  });
  new okta.auth.ServerPolicyRule(
    "rule",
    {
      authServerId,
      policyId: policy.id,
      name: "r",
      priority: 1,
      grantTypeWhitelists: ["client_credentials"],
      scopeWhitelists: ["ai:read"],
      groupWhitelists: ["EVERYONE"],
      accessTokenLifetimeMinutes: 60,
    },
    { dependsOn: scope },
  );
  return { clientSecret: app.clientSecret };
}

let running: StandInStack;

(recordings.present ? describe : describe.skip)("the stand-ins and the official plugins, other types", () => {
  beforeAll(async () => {
    running = await StandInStack.start(() => Promise.resolve(program()));
  });
  afterAll(() => running.close());

  test("create them with the same requests, and keep secrets secret", async () => {
    const { outputs } = await expectRecorded("create", () => running.stack.up());
    expect(outputs.domain).toEqual({ value: "localhost", secret: false });
    expect(outputs.machineSecret).toEqual({ value: expect.stringMatching(/^.{40,}$/), secret: true });
    expect(outputs.clientSecret).toEqual({ value: expect.stringMatching(/^.{20,}$/), secret: true });
    const state = running.stateText();
    const kept = [outputs.machineSecret?.value, outputs.clientSecret?.value, "Aa1!aaaaaaaa"].map(String);
    expect(kept.filter((secret) => state.includes(secret))).toEqual([]);
    expect(state).toContain("AI Service OAuth App");
    expect(outputs.userId).toMatchObject({ value: expect.stringMatching(/^auth0\|/), secret: false });
  });

  test("preview them unchanged", async () => {
    const { changeSummary } = await expectRecorded("preview-noop", () => running.stack.preview());
    expect(changeSummary).toEqual({ same: 20 });
  });

  test("refresh them with the same requests", async () => {
    const changes = await expectRecorded("refresh", () => running.change("refresh"));
    expect(changes).toEqual({ same: 20 });
  });

  test("destroy them with the same requests", async () => {
    await expectRecorded("destroy", () => running.change("destroy"));
  });
});

async function expectRecorded<T>(name: string, run: () => Promise<T>): Promise<T> {
  running.takeRequests();
  const result = await run();
  const sent = running.takeRequests();
  recordings.learnIds(running);
  const lines = (requests: typeof sent) =>
    requests
      .map((request) => recordings.line(request).replace(/"name":"ada-[0-9a-f]{7}"/, '"name":"ada-…"'))
      .filter((line) => !OF_OTHER_TYPES.test(line))
      .filter((line, index, all) => line !== ONCE || all.indexOf(line) === index)
      .toSorted();
  expect(lines(sent)).toEqual(lines(recordings.read(name)));
  return result;
}
