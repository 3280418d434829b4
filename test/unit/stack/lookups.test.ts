import { expect, jest, test } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { emailQuery } from "../../../src/lookups/people.ts";
import { localStackWith, sourceOf } from "../config/stack-file.ts";
import { SEEDED, type Registration, failing, runProgram, valuesOf } from "./registrations.ts";

/** What the engine hands on when the official provider finds nothing; the twin's stand-in says the same. */
const said = (token: string, message: string) =>
  failing(
    `invocation of auth0:index/${token}:${token} returned an error: ` +
      `invoking auth0:index/${token}:${token}: 1 error occurred:\n\t* ${message}\n\n`,
  );

const NOBODY =
  "No users found. Note: if a user was just created/deleted, it takes some time for it to be indexed.";
const SEVERAL = "Further improve the query to retrieve a single user from the query";

const acme = (strategy: string, ...options: object[]) => ({
  "auth0:index/getConnection:getConnection": () => ({ id: "con_acme", strategy, options }),
});

async function errorOf(
  changes: Readonly<Record<string, unknown>>,
  lookups: Parameters<typeof runProgram>[1],
) {
  const declared: Registration[] = [];
  try {
    await runProgram(sourceOf(localStackWith(changes)), lookups, declared);
  } catch (error) {
    // Whatever is wrong, it is found before anything is declared.
    expect(declared).toEqual([]);
    if (pulumi.RunError.isInstance(error)) return error.message;
    throw error;
  }
  return "no error";
}

test("unknown and ambiguous people, roles and connections are reported together, each once with its places", async () => {
  const message = await errorOf(
    {
      "organization.connections": [{ existing: "acme-users" }],
      "organization.members": [
        { email: "nobody@example.com", roles: ["ai-raeder", "support"] },
        { email: "twice@example.com", roles: ["support"] },
        { email: "grace@example.com", roles: ["ai-reader"] },
      ],
    },
    {
      "auth0:index/getConnection:getConnection": said(
        "getConnection",
        'No connection found with "name" = "acme-users"',
      ),
      "auth0:index/getRole:getRole": ({ name }) =>
        said("getRole", `No role found with "name" = "${String(name)}"`)(),
      "auth0:index/getUser:getUser": (inputs) => {
        if (inputs.query === 'email:"nobody@example.com"') return said("getUser", NOBODY)();
        if (inputs.query === 'email:"twice@example.com"') return said("getUser", SEVERAL)();
        return { id: "hash", userId: "auth0|64f0000000000000000000a2" };
      },
    },
  );

  expect(message)
    .toBe(`5 names of stack local could not be resolved in the Auth0 tenant (nothing was changed):

1. connection acme-users (ai-api-access:organization.connections[0].existing)
     found: No connection of the tenant has this name (names are compared letter by letter).
     next:  look under Authentication in the Auth0 dashboard, or give \`database\` in place of \`existing\` to create one

2. person nobody@example.com (ai-api-access:organization.members[0])
     found: No user of the tenant has this email.
     next:  look under User Management > Users in the Auth0 dashboard; a user made just now is found a few seconds later; \`invite: true\` invites the person

3. person twice@example.com (ai-api-access:organization.members[1])
     found: More than one user of the tenant has this email, for instance one for each connection.
     next:  name the person by \`user\` with the id instead of \`email\`

4. role ai-raeder (ai-api-access:organization.members[0].roles[0])
     found: The stack declares no role of this name, and the tenant has none.
     next:  did you mean ai-reader, which the stack declares? If not, declare it under ai-api-access:roles, or look under User Management > Roles in the Auth0 dashboard

5. role support (ai-api-access:organization.members[0].roles[1], ai-api-access:organization.members[1].roles[0])
     found: The stack declares no role of this name, and the tenant has none.
     next:  declare it under ai-api-access:roles, or look under User Management > Roles in the Auth0 dashboard`);
});

test("a tenant that cannot be asked is not mistaken for an unknown person", async () => {
  const refused = "401 Unauthorized: Invalid token";
  const message = await errorOf(
    { "organization.members[0].roles": ["support"] },
    {
      "auth0:index/getRole:getRole": said("getRole", refused),
      "auth0:index/getUser:getUser": said("getUser", refused),
      ...acme("samlp"),
    },
  );

  expect(message)
    .toBe(`2 names of stack local could not be resolved in the Auth0 tenant (nothing was changed):

1. person grace@example.com (ai-api-access:organization.members[1])
   role support (ai-api-access:organization.members[0].roles[0])
     found: Auth0 could not be asked: 401 Unauthorized: Invalid token
     next:  check auth0:domain and the credentials (pulumi config), and that the tenant can be reached from here`);
});

test("one person by id and by email is noticed", async () => {
  const message = await errorOf({ "organization.members[1].email": "ada@example.com" }, SEEDED);

  expect(message).toBe(`1 name of stack local could not be resolved in the Auth0 tenant (nothing was changed):

1. person ada@example.com (ai-api-access:organization.members[1])
     found: The same person as auth0|64f0000000000000000000a1 (ai-api-access:organization.members[0]): both are auth0|64f0000000000000000000a1.
     next:  keep one of the two entries, with the roles of both`);
});

test.each([
  ["isSignupEnabled", true, "samlp", "people can sign up only to a database connection (strategy auth0)"],
  ["showAsButton", true, "auth0", "only enterprise connections have a button"],
])("%s: %s is refused for an existing connection of strategy %s", async (option, value, strategy, reason) => {
  const message = await errorOf(
    { "organization.connections": [{ existing: "acme", [option]: value }] },
    { ...SEEDED, ...acme(strategy, {}) },
  );

  expect(message).toContain(`connection acme (ai-api-access:organization.connections[0].${option})`);
  expect(message).toContain(reason);
});

const NOT_SHOWN = "Whether anyone can have an account there is not shown to these credentials";
const OPEN_DATABASE = "Anyone can sign up to it, through any application of the tenant that uses it";

test.each([
  ["auth0", [{ passwordPolicy: "good", disableSignup: false }], OPEN_DATABASE],
  ["email", [{ from: "us", disableSignup: false }], "Anyone with an account of email can log in"],
  ["google-oauth2", [{ clientId: "1" }], "Anyone with an account of google-oauth2 can log in"],
  ["waad", [{ waadCommonEndpoint: true }], "Anyone with an account of some organization of Microsoft Entra"],
  ["oidc", [{ issuer: "https://accounts.google.com" }], "Anyone with an account of accounts.google.com can"],
  ["auth0", [], NOT_SHOWN],
  ["waad", [], NOT_SHOWN],
  ["oidc", [], NOT_SHOWN],
])("membership on login through an open door (%s) is refused", async (strategy, options, reason) => {
  const message = await errorOf(
    {
      "organization.connections": [{ existing: "acme", assignMembershipOnLogin: true }],
      "organization.members[1].email": "ada@example.com",
    },
    { ...SEEDED, ...acme(strategy, ...options) },
  );

  // With whatever else is wrong.
  expect(message).toMatch(/^2 names of stack local/);
  expect(message).toContain(
    "connection acme (ai-api-access:organization.connections[0].assignMembershipOnLogin)",
  );
  expect(message).toContain(reason);
  expect(message).toContain("if anyone is meant to become a member, set openToAnyone: true");
});

test.each([
  ["auth0", [{ disableSignup: true }], {}],
  ["samlp", [], {}],
  ["waad", [{ clientId: "1", waadCommonEndpoint: false }], {}],
  ["waad", [{ clientId: "1", waadCommonEndpoint: true }], { openToAnyone: true }],
  ["oidc", [{ issuer: "https://login.acme.com" }], {}],
  ["auth0", [{ passwordPolicy: "good" }], { openToAnyone: true }],
  ["auth0", [{ passwordPolicy: "good" }], { isSignupEnabled: true }],
])(
  "membership on login is taken where the door of %s %j is closed, or meant: %j",
  async (strategy, options, more) => {
    const connection = { existing: "acme", assignMembershipOnLogin: true, ...more };
    expect(
      await errorOf(
        { "organization.connections": [connection] },
        { ...SEEDED, ...acme(strategy, ...options) },
      ),
    ).toBe("no error");
  },
);

const EVE = "auth0|64f0000000000000000000e7";

test.each([
  ["sign-up is open", [{ existing: "acme" }], "auth0", [{ passwordPolicy: "good" }], true],
  ["sign-up is closed", [{ existing: "acme" }], "auth0", [{ disableSignup: true }], false],
  ["a company hands out accounts", [{ existing: "acme" }], "samlp", [], false],
  ["sign-up to the stack's own is open", [{ database: "acme", isSignupEnabled: true }], "", [], true],
  ["sign-up to the stack's own is closed", [{ database: "acme" }], "", [], false],
])(
  "where %s, a member with an email that is not verified is warned of, or not",
  async (_, connections, strategy, options, warned) => {
    const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
    const message = await errorOf(
      {
        "organization.connections": connections,
        "organization.members": [{ email: "Ada@example.com", roles: ["ai-editor"] }],
      },
      {
        ...SEEDED,
        ...acme(strategy, ...options),
        "auth0:index/getUser:getUser": () => ({ id: "hash", userId: EVE, emailVerified: false }),
      },
    );
    const said = warn.mock.calls.flat().join("\n");
    warn.mockRestore();

    expect(message).toBe("no error");
    const line = `  Ada@example.com (ai-api-access:organization.members[0]) is ${EVE}\n`;
    if (warned) expect(said).toContain(line);
    else expect(said).toBe("");
  },
);

test("each name is looked up once, however often it is named", async () => {
  const asked: unknown[] = [];
  await errorOf(
    {
      "organization.members": ["a", "b", "c"].map((name) => ({
        email: `${name}@example.com`,
        roles: ["support"],
      })),
    },
    {
      "auth0:index/getRole:getRole": ({ name }) => {
        asked.push(name);
        return said("getRole", 'No role found with "name" = "support"')();
      },
      ...acme("samlp"),
      "auth0:index/getUser:getUser": ({ query }) => {
        asked.push(query);
        return { id: "hash", userId: `auth0|${String(query).slice(7, 8)}` };
      },
    },
  );

  expect(asked.sort()).toEqual([
    'email:"a@example.com"',
    'email:"b@example.com"',
    'email:"c@example.com"',
    "support",
  ]);
});

test("an email cannot break out of the query that it is looked up with", () => {
  expect(emailQuery('a"b\\c@example.com')).toBe('email:"a\\"b\\\\c@example.com"');
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
