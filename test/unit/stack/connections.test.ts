/** Claim: each connection is declared or looked up, and linked, as `connections` says. */
import { expect, test } from "@jest/globals";
import { localWith } from "./local-with.ts";
import { valuesOf } from "./registrations.ts";

const link = (connection: string) =>
  `auth0:index/organizationConnection:OrganizationConnection organization.${connection}`;

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
  ["that of one organization of Entra", "waad", [{ clientId: "1", waadCommonEndpoint: false }], {}, true],
  ["that of all of them", "waad", [{ clientId: "1", waadCommonEndpoint: true }], {}, false],
  ["that of one issuer", "oidc", [{ issuer: "https://login.acme.com" }], {}, true],
  ["that of an issuer of everybody", "oidc", [{ issuer: "https://accounts.google.com" }], {}, false],
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

const oidc = (issuer: string) => ({ oidc: "acme", issuer, clientId: "1" });
const waad = (options: object) => ({ strategy: "waad", name: "acme", options });
const MICROSOFT = "https://login.microsoftonline.com";

test.each([
  ["one company's issuer", oidc("https://login.acme.com"), true],
  ["Google's issuer", oidc("https://accounts.google.com"), false],
  ["Microsoft's issuer for everybody", oidc(`${MICROSOFT}/common/v2.0`), false],
  ["Microsoft's issuer for a tenant", oidc(`${MICROSOFT}/a1b2c3d4-0000-4000-8000-000000000000/v2.0`), true],
  ["one tenant of Entra", waad({ clientId: "1" }), true],
  ["Entra's common endpoint", waad({ clientId: "1", waadCommonEndpoint: true }), false],
  ["Entra's common endpoint on purpose", { ...waad({ waadCommonEndpoint: true }), openToAnyone: true }, true],
])(
  "with %s, the default of the stack's own connection is membership on login: %#",
  async (_, own, member) => {
    const { run } = await localWith({
      "organization.connections": [own],
      connectionSecrets: { acme: "not-a-real-secret" },
    });

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
