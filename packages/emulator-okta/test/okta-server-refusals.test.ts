/** What Okta refuses about authorization servers, their scopes, policies, rules and keys, the local org refuses. */
import { beforeAll, expect, test } from "@jest/globals";
import { tenantSnapshotSchema } from "@ai-api-access/emulator-core";
import { authorizationServer, policy, rule, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const servers = "/api/v1/authorizationServers";
const org = TestOrg.use();
let server: string;
let rules: string;

beforeAll(async () => {
  server = `${servers}/${await org.create(servers, authorizationServer)}`;
  rules = `${server}/policies/${await org.create(`${server}/policies`, policy())}/rules`;
});

const two = ["https://a.example", "https://b.example"];
test.each([
  ["no audience", { audiences: [] }, "audiences", /exactly one audience|cannot be left blank/],
  ["two audiences", { audiences: two }, "audiences", /exactly one audience/],
  ["an audience that is no URI", { audiences: ["://nothing"] }, "audiences", /valid URI/],
  ["no name", { name: "" }, "name", /cannot be left blank/],
  ["a custom domain that is not there", { issuerMode: "CUSTOM_URL" }, "issuerMode", /needs a custom domain/],
])("a server with %s is refused", async (_, changes, field, cause) => {
  await org.expectRefusal("POST", servers, { ...authorizationServer, ...changes }, field, cause);
});

test.each([
  ["openid", /already exists/],
  ["offline_access", /already exists/],
  ["okta.users.read", /must not begin with 'okta.'/],
  ["*", /must not be 'okta' or '\*'/],
  ["ai read", /without spaces/],
  ['ai"read', /quotation marks/],
  ["ai\\read", /backslashes/],
  ["", /cannot be left blank/],
])("the scope name '%s' is refused", async (name, cause) => {
  await org.expectRefusal("POST", `${server}/scopes`, { name, consent: "IMPLICIT" }, "name", cause);
});

test("a scope's name is taken once on a server, and can be used on another", async () => {
  await org.create(`${server}/scopes`, { name: "ai:once" });
  await org.expectRefusal("POST", `${server}/scopes`, { name: "ai:once" }, "name", /already exists/);
  await org.create(`${servers}/default/scopes`, { name: "ai:once" });
});

const clients = (...include: string[]) => ({ conditions: { clients: { include } } });
const include = "conditions.clients.include";
test.each([
  ["nobody", clients(), "include", /include/],
  ["an unknown client", clients("0oaNothing"), include, /not a client of this org: 0oaNothing/],
  ["all clients and one", clients("ALL_CLIENTS", "0oaNothing"), include, /cannot stand beside/],
  ["another type of policy", { type: "OKTA_SIGN_ON" }, "type", /Invalid policy type/],
  ["a name that is taken", { name: "AI service" }, "name", /already exists/],
  ["no description", { description: undefined }, "description", /cannot be left blank/],
  ["a description over 255 characters", { description: "x".repeat(256) }, "description", /description/],
  ["a name over 100 characters", { name: "x".repeat(101) }, "name", /name/],
])("a policy for %s is refused", async (_, changes, field, cause) => {
  await org.expectRefusal(
    "POST",
    `${server}/policies`,
    policy({ name: "another", ...changes }),
    field,
    cause,
  );
});

const token = (changes: object) => ({ actions: { token: { accessTokenLifetimeMinutes: 60, ...changes } } });

test.each([
  ["4 minutes", { accessTokenLifetimeMinutes: 4 }, "accessTokenLifetimeMinutes", /5/],
  ["more than a day", { accessTokenLifetimeMinutes: 1441 }, "accessTokenLifetimeMinutes", /1440/],
  [
    "a refresh token shorter than its access token",
    { refreshTokenLifetimeMinutes: 30 },
    "actions.token.refreshTokenLifetimeMinutes",
    /at least the access token lifetime, 60/,
  ],
  ["a refresh window of 9 minutes", { refreshTokenWindowMinutes: 9 }, "refreshTokenWindowMinutes", /10/],
  ["an unknown hook", { inlineHook: { id: "calNo" } }, "actions.token.inlineHook.id", /calNo/],
])("a rule with %s is refused", async (_, changes, field, cause) => {
  await org.expectRefusal("POST", rules, rule({ name: "another", ...token(changes) }), field, cause);
});

const nobody = { grantTypes: { include: ["implicit"] }, people: { users: {} } };
test.each([
  ["scope", { scopes: { include: ["ai:no"] } }, "scopes.include", /not a scope of this .*server: ai:no/],
  ["grant", { grantTypes: { include: ["client-credentials"] } }, "grantTypes.include", /not a grant type/],
  ["group", { people: { groups: { include: ["00gNo"] } } }, "people", /must contain a valid user or group/],
  [
    "person where one is needed",
    nobody,
    "people",
    /^conditions\.people: At least one of ''conditions\.people\./,
  ],
])("a rule with no known %s is refused", async (_, conditions, field, cause) => {
  const body = rule({ name: "another" }, conditions);
  await org.expectRefusal("POST", rules, body, `conditions.${field}`, cause);
});

test.each([5, 1440])("a rule with a lifetime of %d minutes is accepted", async (minutes) => {
  const body = rule({ name: `for ${String(minutes)}`, ...token({ accessTokenLifetimeMinutes: minutes }) });
  await org.create(rules, body);
});

test("the grant types of a rule come in Okta's own order", async () => {
  const conditions = { grantTypes: { include: ["password", "client_credentials", "implicit"] } };
  expect((await org.send("POST", rules, { body: rule({ name: "order" }, conditions) })).body).toMatchObject({
    conditions: { grantTypes: { include: ["implicit", "client_credentials", "password"] } },
  });
});

test("keys rotate for signatures and nothing else", async () => {
  const path = `${server}/credentials/lifecycle/keyRotate`;
  const cause = "Invalid value specified for key 'use' parameter.";
  await org.expectRefusal("POST", path, { use: "enc" }, "rotateKeys", cause);
});

test("a claim of access tokens is always included, whatever was asked for", async () => {
  const claim = { name: "c", claimType: "RESOURCE", valueType: "EXPRESSION", value: '"x"' };
  const body = { ...claim, alwaysIncludeInToken: false };
  expect((await org.send("POST", `${server}/claims`, { body })).body).toMatchObject({
    alwaysIncludeInToken: true,
  });
});

test("what every server has from the start cannot be deleted, nor can the default server", async () => {
  const own = `${servers}/default`;
  const [scope = ""] = await org.ids(`${own}/scopes?q=openid`);
  const [claim = ""] = await org.ids(`${own}/claims`);
  for (const path of [own, `${own}/scopes/${scope}`, `${own}/claims/${claim}`]) {
    await org.expectError("DELETE", path, 403, "E0000006");
  }
});

test("an org without API Access Management has no authorization servers to manage", async () => {
  const before = org.tenant.snapshot();
  const text = JSON.stringify(before).replace('"apiAccessManagement":true', '"apiAccessManagement":false');
  org.tenant.restore(tenantSnapshotSchema.parse(JSON.parse(text)));
  for (const [method, path] of [
    ["GET", `${servers}/default`],
    ["POST", servers],
  ] as const) {
    expect(await org.send(method, path)).toMatchObject({
      status: 401,
      body: {
        errorCode: "E0000015",
        errorSummary: "You do not have permission to access the feature you are requesting",
      },
    });
  }
  expect((await org.send("GET", "/api/v1/apps")).status).toBe(200);
  org.tenant.restore(before);
});
