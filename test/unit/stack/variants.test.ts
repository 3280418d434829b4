import { expect, test } from "@jest/globals";
import { localStack, localStackWith, sourceOf } from "../config/stack-file.ts";
import { LOGIN_APP, MEMBERS } from "./local-stack.ts";
import { SEEDED, difference, runProgram, valuesOf } from "./registrations.ts";

const local = await runProgram(sourceOf(localStack()), SEEDED);

/** The local stack with some values changed: what differs from the stack as it stands in the file. */
async function localWith(changes: Readonly<Record<string, unknown>>, lookups = {}) {
  const run = await runProgram(sourceOf(localStackWith(changes)), { ...SEEDED, ...lookups });
  return { run, ...difference(local, run) };
}

const names = (registrations: readonly { resource: string }[]) =>
  registrations.map(({ resource }) => resource).sort();

const link = (connection: string) =>
  `auth0:index/organizationConnection:OrganizationConnection organization.${connection}`;
const API = "auth0:index/resourceServer:ResourceServer api";
const SERVER = "okta:auth/server:Server service-app-authorization-server";

/** Of the RSA key in RFC 7517, A.1. */
const MODULUS =
  "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";

const OWN = { database: "my-awesome-company-users", deleteWithStack: true };
const COMPONENT = "ai-api-access:auth0:DatabaseConnection connection.my-awesome-company-users";
const USERS = "auth0:index/connection:Connection connection.my-awesome-company-users";

test("an own connection has rules for passwords and a closed door; who logs in is a member", async () => {
  const { run, gone, added, changed } = await localWith({ "organization.connections": [OWN] });

  expect(gone).toEqual(
    [
      link("Username-Password-Authentication"),
      "auth0:index/connectionClient:ConnectionClient login-app.Username-Password-Authentication",
    ].sort(),
  );
  expect(changed).toEqual([]);
  expect(added).toEqual([
    { resource: COMPONENT, inputs: {} },
    {
      resource: USERS,
      parent: "connection.my-awesome-company-users",
      inputs: {
        name: "my-awesome-company-users",
        strategy: "auth0",
        options: {
          passwordPolicy: "good",
          passwordHistories: [{ enable: true, size: 5 }],
          passwordDictionary: { enable: true },
          passwordNoPersonalInfo: { enable: true },
          bruteForceProtection: true,
          disableSignup: true,
        },
      },
    },
    {
      resource: "auth0:index/connectionClient:ConnectionClient login-app.my-awesome-company-users",
      parent: "login-app",
      inputs: { clientId: "id-of-login-app", connectionId: "id-of-connection.my-awesome-company-users" },
      after: ["connection.my-awesome-company-users", "login-app"],
    },
    {
      resource: link("my-awesome-company-users"),
      parent: "organization",
      inputs: {
        organizationId: "id-of-organization",
        connectionId: "id-of-connection.my-awesome-company-users",
        assignMembershipOnLogin: true,
        isSignupEnabled: false,
      },
      after: ["connection.my-awesome-company-users", "organization"],
      replaceOnChanges: ["organizationId", "connectionId"],
      deletedWith: "organization",
    },
  ]);
  expect(await valuesOf(run.outputs)).toMatchObject({
    connectionId: "id-of-connection.my-awesome-company-users",
  });
});

test("an own connection is protected and kept, unless the stack may delete it", async () => {
  const { added } = await localWith({ "organization.connections": [{ ...OWN, deleteWithStack: false }] });

  expect(added.find(({ resource }) => resource === USERS)).toMatchObject({
    protect: true,
    retainOnDelete: true,
  });
});

test("the door of an own connection is open where sign-up is asked for, and its rules may be loosened", async () => {
  const loose = { passwordHistory: 0, passwordDictionary: false, passwordNoPersonalInfo: false };
  const { added } = await localWith({
    "organization.connections": [{ ...OWN, ...loose, isSignupEnabled: true }],
  });

  expect(added.find(({ resource }) => resource === USERS)?.inputs).toMatchObject({
    options: {
      passwordHistories: [{ enable: false, size: 0 }],
      passwordDictionary: { enable: false },
      passwordNoPersonalInfo: { enable: false },
      disableSignup: false,
    },
  });
});

const found = (strategy: string, ...options: object[]) => ({
  "auth0:index/getConnection:getConnection": () => ({ id: "con_acme", strategy, options }),
});

test.each([
  ["closed", "auth0", [{ passwordPolicy: "good", disableSignup: true }], {}, true],
  ["open", "auth0", [{ passwordPolicy: "good", disableSignup: false }], {}, false],
  ["not shown", "auth0", [{ passwordPolicy: "", disableSignup: false }], {}, false],
  ["open on purpose", "auth0", [{ passwordPolicy: "good" }], { isSignupEnabled: true }, true],
  ["open, and anyone is meant", "auth0", [{ passwordPolicy: "good" }], { openToAnyone: true }, true],
  ["that of a company", "samlp", [], {}, true],
  ["that of everybody", "google-oauth2", [{ clientId: "1" }], {}, false],
])(
  "where the door of an existing connection is %s (%s), the default is membership on login or not",
  async (_, strategy, options, more, member) => {
    const { run } = await localWith(
      { "organization.connections": [{ existing: "acme", ...more }] },
      found(strategy, ...options),
    );

    expect(run.registrations.find(({ resource }) => resource === link("acme"))?.inputs).toMatchObject({
      assignMembershipOnLogin: member,
    });
  },
);

test("an enterprise connection is linked with its button and without sign-up, which it does not take", async () => {
  const { run } = await localWith(
    { "organization.connections": [{ existing: "acme-saml", showAsButton: false }] },
    found("samlp"),
  );

  expect(run.registrations.find(({ resource }) => resource === link("acme-saml"))?.inputs).toEqual({
    organizationId: "id-of-organization",
    connectionId: "con_acme",
    assignMembershipOnLogin: true,
    showAsButton: false,
  });
});

test("without a login application nothing of it is declared, and there is no client id of it", async () => {
  const { run, gone, added, changed } = await localWith({ loginApp: {} });

  expect(gone).toEqual(names(LOGIN_APP));
  expect({ added, changed }).toEqual({ added: [], changed: [] });
  expect(run.outputs).not.toHaveProperty("auth0ClientId");
  expect(run.outputs.appConfig.auth0).not.toHaveProperty("clientId");
});

test("where no organization is required, the application does not say how to ask for one", async () => {
  const { changed } = await localWith({ "loginApp.organizationUsage": "allow" });

  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({ organizationUsage: "allow" });
  expect(changed[0]?.inputs).not.toHaveProperty("organizationRequireBehavior");
});

test("with private_key_jwt the app has public keys and no secret anywhere", async () => {
  const key = { kty: "RSA", kid: "one", e: "AQAB", n: MODULUS };
  const { run, gone, added, changed } = await localWith({
    "serviceApp.tokenEndpointAuthMethod": "private_key_jwt",
    "serviceApp.jwks": [{ ...key, use: "sig" }],
  });

  expect({ gone, added }).toEqual({ gone: [], added: [] });
  expect(changed).toEqual([
    {
      resource: "okta:app/oAuth:OAuth service-app",
      parent: "service-app",
      inputs: {
        label: "AI Service OAuth App",
        type: "service",
        grantTypes: ["client_credentials"],
        responseTypes: ["token"],
        tokenEndpointAuthMethod: "private_key_jwt",
        jwks: [key],
        omitSecret: true,
        redirectUris: ["https://example.com/oauth/callback"],
        postLogoutRedirectUris: ["https://example.com/"],
      },
      ignoreChanges: ["hideIos", "hideWeb"],
    },
  ]);
  expect(run.outputs).not.toHaveProperty("clientSecret");
  expect(run.outputs.appConfig.okta).not.toHaveProperty("clientSecret");
});

test("an existing authorization server is read by id; scopes, policy and rule move there", async () => {
  const id = "aus1a2b3c4d5e6f7g8h9";
  const { run, gone, added, changed } = await localWith({
    "serviceApp.authorizationServer": { existing: id },
    "serviceApp.scopes[1].existing": true,
  });

  expect(gone).toEqual([SERVER, "okta:auth/serverScope:ServerScope service-app-scope-ai:write"]);
  expect(added).toEqual([]);
  expect(names(changed)).toEqual([
    "okta:auth/serverPolicy:ServerPolicy service-app-policy",
    "okta:auth/serverPolicyRule:ServerPolicyRule service-app-rule",
    "okta:auth/serverScope:ServerScope service-app-scope-ai:read",
  ]);
  for (const { inputs, replaceOnChanges, deletedWith } of changed) {
    expect(inputs).toMatchObject({ authServerId: id });
    expect(replaceOnChanges).toContain("authServerId");
    // That server is not the stack's to delete, so nothing goes with it.
    expect(deletedWith).not.toBe("service-app-existing-authorization-server");
  }
  // Okta renumbers the policies of everybody at each change.
  expect(changed.flatMap(({ ignoreChanges = [] }) => ignoreChanges)).toEqual(["priority"]);
  expect(changed.find(({ resource }) => resource.endsWith("rule"))?.inputs).toMatchObject({
    scopeWhitelists: ["ai:read", "ai:write"],
  });
  expect(await valuesOf(run.outputs)).toMatchObject({
    oktaIssuer: `https://acme.okta.com/oauth2/${id}`,
    oktaAudience: "https://other.example.com",
    oktaScopes: ["ai:read", "ai:write"],
  });
});

test("without members there are none, nobody is looked up, and no key is remembered", async () => {
  const { run, gone, added, changed } = await localWith({ "organization.members": [] });

  expect(gone).toEqual(names(MEMBERS));
  expect(added).toEqual([]);
  expect(changed).toEqual([{ resource: "ai-api-access:auth0:OrganizationMembers members", inputs: {} }]);
  expect(run.calls.map(({ token }) => token)).toEqual(["auth0:index/getConnection:getConnection"]);
});

test("the way in which people and roles are written makes no difference to the resources", async () => {
  const byId = await localWith({
    "organization.members": [
      { user: "auth0|64f0000000000000000000a2", roles: ["ai-reader"] },
      { email: "ADA@example.com", roles: ["ai-editor"] },
    ],
  });

  expect({ gone: byId.gone, added: byId.added, changed: byId.changed }).toEqual({
    gone: [],
    added: [],
    changed: [],
  });
});

test("a role that exists has one resource, whether it is written by name or by id", async () => {
  const getRole = { "auth0:index/getRole:getRole": () => ({ id: "rol_AbCdEf1234567890" }) };
  const byName = await localWith({ "organization.members[0].roles": ["support"] }, getRole);
  const byId = await localWith({ "organization.members[0].roles": ["rol_AbCdEf1234567890"] });

  expect(byName.added).toEqual([
    {
      resource:
        "auth0:index/organizationMemberRole:OrganizationMemberRole " +
        "members-auth0|64f0000000000000000000a1-rol_AbCdEf1234567890",
      parent: "members",
      inputs: {
        organizationId: "id-of-organization",
        userId: "auth0|64f0000000000000000000a1",
        roleId: "rol_AbCdEf1234567890",
      },
      after: ["members-auth0|64f0000000000000000000a1", "organization"],
      deletedWith: "organization",
    },
  ]);
  expect(byId.added).toEqual(byName.added);
  expect(byName.run.calls).toContainEqual({
    token: "auth0:index/getRole:getRole",
    inputs: { name: "support", skipUsers: true, skipPermissions: true },
  });
  expect(byId.run.calls).not.toContainEqual(
    expect.objectContaining({ token: "auth0:index/getRole:getRole" }),
  );
});

test("an API may be open to every application of the tenant; its login application keeps the grant", async () => {
  const { gone, added, changed } = await localWith({ "api.accessPolicy": "allow_all" });

  expect({ gone, added }).toEqual({ gone: [], added: [] });
  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({
    subjectTypeAuthorization: {
      user: { policy: "allow_all" },
      client: { policy: "require_client_grant" },
    },
  });
});

test("with offline access refresh tokens rotate and expire", async () => {
  const { changed } = await localWith({
    "api.offlineAccess": true,
    "loginApp.refreshTokenLifetimeSeconds": 86_400,
    "loginApp.requirePushedAuthorizationRequests": true,
  });

  expect(changed.map(({ inputs }) => inputs)).toEqual([
    expect.objectContaining({
      grantTypes: ["authorization_code", "refresh_token"],
      refreshToken: {
        rotationType: "rotating",
        expirationType: "expiring",
        tokenLifetime: 86_400,
        idleTokenLifetime: 86_400,
        infiniteTokenLifetime: false,
        infiniteIdleTokenLifetime: false,
      },
      requirePushedAuthorizationRequests: true,
    }),
    expect.objectContaining({ allowOfflineAccess: true }),
  ]);
});

test("a token that lives shorter than usual does so in browsers too", async () => {
  const { changed } = await localWith({ "api.tokenLifetimeSeconds": 600 });

  expect(changed).toHaveLength(1);
  expect(changed[0]?.inputs).toMatchObject({ tokenLifetime: 600, tokenLifetimeForWeb: 600 });
});

test.each([
  [{ mechanism: "none" }, { disable: true }, undefined],
  [{ mechanism: "dpop" }, { mechanism: "dpop", required: false }, undefined],
  [
    { mechanism: "dpop", requiredFor: "public_clients" },
    { mechanism: "dpop", required: true, requiredFor: "public_clients" },
    undefined,
  ],
  [
    { mechanism: "dpop", requiredFor: "all_clients" },
    { mechanism: "dpop", required: true, requiredFor: "all_clients" },
    "required",
  ],
])("proofs of possession as %j are sent as %j, and the API is told: %s", async (given, sent, told) => {
  const { run } = await localWith({ "api.proofOfPossession": given });
  const server = run.registrations.find(({ resource }) => resource === API);
  expect(server?.inputs).toMatchObject({ proofOfPossession: sent });
  const auth0 =
    told === undefined
      ? expect.not.objectContaining({ proofOfPossession: expect.anything() })
      : { proofOfPossession: told };
  expect(await valuesOf(run.outputs)).toMatchObject({ appConfig: { auth0 } });
});

test("the tenant is asked for its domain only when nobody else says it", async () => {
  const source = sourceOf(localStackWith({ "auth0:domain": undefined }), {
    environment: { AUTH0_CLI_LOGIN: "true" },
  });
  const run = await runProgram(source, {
    ...SEEDED,
    "auth0:index/getTenant:getTenant": () => ({ domain: "acme.us.auth0.com" }),
  });

  expect(await valuesOf(run.outputs)).toMatchObject({
    organizationDomain: "acme.us.auth0.com",
    auth0Issuer: "https://acme.us.auth0.com/",
  });
});
