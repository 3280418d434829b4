/** What Okta refuses about authorization servers, their scopes, policies and rules, the local org refuses. */
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { authorizationServer, policy, rule, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;
let server: string;
let rules: string;

beforeAll(async () => {
  org = await TestOrg.start();
  server = `/api/v1/authorizationServers/${await org.create("/api/v1/authorizationServers", authorizationServer)}`;
  rules = `${server}/policies/${await org.create(`${server}/policies`, policy())}/rules`;
});
afterAll(() => org.tenant.close());

test.each([
  ["a server with no audience", { audiences: [] }, "audiences", /exactly one audience|cannot be left blank/],
  [
    "two audiences",
    { audiences: ["https://a.example", "https://b.example"] },
    "audiences",
    /exactly one audience/,
  ],
  ["a server with an audience that is no URI", { audiences: ["://nothing"] }, "audiences", /valid URI/],
  ["a server with no name", { name: "" }, "name", /cannot be left blank/],
  ["a custom domain that is not there", { issuerMode: "CUSTOM_URL" }, "issuerMode", /needs a custom domain/],
])("%s is refused", async (_, changes, field, cause) => {
  await org.expectRefusal(
    "POST",
    "/api/v1/authorizationServers",
    { ...authorizationServer, ...changes },
    field,
    cause,
  );
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
  expect(
    (await org.send("POST", "/api/v1/authorizationServers/default/scopes", { body: { name: "ai:once" } }))
      .status,
  ).toBe(201);
});

test.each([
  ["nobody", { conditions: { clients: { include: [] } } }, "include", /include/],
  [
    "an unknown client",
    { conditions: { clients: { include: ["0oaNothing"] } } },
    "conditions.clients.include",
    /not a client of this org: 0oaNothing/,
  ],
  [
    "all clients and one",
    { conditions: { clients: { include: ["ALL_CLIENTS", "0oaNothing"] } } },
    "conditions.clients.include",
    /cannot stand beside/,
  ],
  ["another type of policy", { type: "OKTA_SIGN_ON" }, "type", /Invalid policy type/],
  ["a name that is taken", { name: "AI service" }, "name", /already exists/],
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
  ["4 minutes", token({ accessTokenLifetimeMinutes: 4 }), {}, "accessTokenLifetimeMinutes", /5/],
  ["more than a day", token({ accessTokenLifetimeMinutes: 1441 }), {}, "accessTokenLifetimeMinutes", /1440/],
  [
    "a refresh token shorter than its access token",
    token({ refreshTokenLifetimeMinutes: 30 }),
    {},
    "actions.token.refreshTokenLifetimeMinutes",
    /at least the access token lifetime, 60/,
  ],
  [
    "a refresh window of 9 minutes",
    token({ refreshTokenWindowMinutes: 9 }),
    {},
    "refreshTokenWindowMinutes",
    /10/,
  ],
  [
    "an unknown inline hook",
    token({ inlineHook: { id: "calNothing" } }),
    {},
    "actions.token.inlineHook.id",
    /calNothing/,
  ],
  [
    "an unknown scope",
    {},
    { scopes: { include: ["ai:nothing"] } },
    "conditions.scopes.include",
    /not a scope of this authorization server: ai:nothing/,
  ],
  [
    "an unknown grant",
    {},
    { grantTypes: { include: ["client-credentials"] } },
    "conditions.grantTypes.include",
    /not a grant type/,
  ],
  [
    "people who are nobody",
    {},
    { grantTypes: { include: ["implicit"] }, people: { users: {} } },
    "conditions.people",
    /^conditions\.people: At least one of ''conditions\.people\.users\.include''/,
  ],
  [
    "a group that is not there",
    {},
    { people: { groups: { include: ["00gNothing"] } } },
    "conditions.people",
    /must contain a valid user or group/,
  ],
])("a rule with %s is refused", async (_, changes, conditions, field, cause) => {
  await org.expectRefusal("POST", rules, rule({ name: "another", ...changes }, conditions), field, cause);
});

test.each([5, 1440])("a rule with a lifetime of %d minutes is accepted", async (minutes) => {
  const body = rule({ name: `for ${String(minutes)}`, ...token({ accessTokenLifetimeMinutes: minutes }) });
  expect((await org.send("POST", rules, { body })).status).toBe(201);
});
