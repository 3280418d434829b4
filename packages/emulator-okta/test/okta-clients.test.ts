/** Claims: what Okta's own SDKs and providers send is understood, and what is not served says so in one way. */
import { describe, expect, test } from "@jest/globals";
import { TestOrg, serviceApp } from "@ai-api-access/testing/okta-tenant.ts";

const org = TestOrg.use();

test("a token may follow its scheme without a blank, as Okta's Python SDK sends it", async () => {
  const authorization = `SSWS${org.tenant.apiToken}`;
  expect((await org.send("GET", "/api/v1/apps", { authorization })).status).toBe(200);
  const wrong = { authorization: "SSWS00wrong" };
  expect((await org.send("GET", "/api/v1/apps", wrong)).status).toBe(401);
});

test("an empty body may have any content type, as aiohttp sends it", async () => {
  const app = await org.create("/api/v1/apps", serviceApp());
  const headers = { "content-type": "application/octet-stream", "content-length": "0" };
  const deactivate = await org.send("POST", `/api/v1/apps/${app}/lifecycle/deactivate`, { headers });
  expect(deactivate.status).toBe(200);
});

test.each(["apps", "groups", "users"])(
  "an empty filter of /%s is none, as the providers send it",
  async (list) => {
    expect(await org.ids(`/api/v1/${list}?filter=`)).toEqual(await org.ids(`/api/v1/${list}`));
  },
);

test.each([
  ["OKTA_SIGN_ON", "Default Policy"],
  ["PASSWORD", "Default Policy"],
  ["MFA_ENROLL", "Default Policy"],
  ["IDP_DISCOVERY", "Idp Discovery Policy"],
  ["PROFILE_ENROLLMENT", "Default Policy"],
  ["POST_AUTH_SESSION", "Post Auth Policy"],
  ["ENTITY_RISK", "Entity Risk Policy"],
  ["SESSION_VIOLATION_DETECTION", "Session Violation Detection Policy"],
])("the org has one policy of the type %s, its default", async (type, name) => {
  const { body } = await org.send("GET", `/api/v1/policies?type=${type}`);
  expect(body).toMatchObject([{ type, name, system: true, priority: 1 }]);
});

test("an inline hook shows neither the value of its header nor its client secret", async () => {
  const config = { uri: "https://hook.example.com", method: "POST", clientSecret: "keep-this" };
  const hook = {
    name: "claims",
    type: "com.okta.oauth2.tokens.transform",
    version: "1.0.0",
    channel: { type: "OAUTH", version: "1.0.0", config },
  };
  const id = await org.create("/api/v1/inlineHooks", hook);
  const { body } = await org.send("GET", `/api/v1/inlineHooks/${id}`);
  expect(body).toMatchObject({ channel: { config: { headers: [], authScheme: null } } });
  expect(JSON.stringify(body)).not.toContain("keep-this");
});

test("a user's administrator roles are given once each, listed and taken away", async () => {
  const path = "/api/v1/users/admin@example.com/roles";
  const give = (type: string) => org.send("POST", path, { body: { type } });
  const label = "Super Administrator";
  expect(await give("SUPER_ADMIN")).toMatchObject({ status: 201, body: { label, assignmentType: "USER" } });
  expect(await give("APP_ADMIN")).toMatchObject({ status: 201, body: { id: "IFIFAX2BIRGUSTQ" } });
  expect((await give("APP_ADMIN")).status).toBe(400);
  expect((await org.send("DELETE", `${path}/IFIFAX2BIRGUSTQ`)).status).toBe(204);
  expect((await org.send("DELETE", `${path}/IFIFAX2BIRGUSTQ`)).status).toBe(404);
  expect((await org.send("GET", path)).body).toMatchObject([{ type: "SUPER_ADMIN" }]);
});

test("an application has administrator roles as a client, until it is gone", async () => {
  const id = await org.create("/api/v1/apps", serviceApp());
  const path = `/oauth2/v1/clients/${id}/roles`;
  const give = (type: string) => org.send("POST", path, { body: { type } });
  expect(await give("HELP_DESK_ADMIN")).toMatchObject({
    status: 201,
    body: {
      id: "JBCUYUC7IRCVGS27IFCE2SKO",
      label: "Help Desk Administrator",
      assignmentType: "CLIENT",
      _links: { assignee: { href: expect.stringContaining(`/oauth2/v1/clients/${id}`) } },
    },
  });
  expect((await give("HELP_DESK_ADMIN")).status).toBe(400);
  expect((await org.send("GET", path)).body).toMatchObject([{ type: "HELP_DESK_ADMIN" }]);
  const one = `${path}/JBCUYUC7IRCVGS27IFCE2SKO`;
  expect((await org.send("GET", one)).status).toBe(200);
  expect((await org.send("DELETE", one)).status).toBe(204);
  expect((await org.send("GET", one)).status).toBe(404);
});

test("a group that asks for no priority gets the first that is free, whichever of two came first", async () => {
  const path = `/api/v1/apps/${await org.create("/api/v1/apps", serviceApp())}/groups`;
  const assign = async (name: string, body: object) => {
    const group = await org.create("/api/v1/groups", { profile: { name } });
    return (await org.send("PUT", `${path}/${group}`, { body })).body;
  };
  expect(await assign("one", { priority: 1 })).toMatchObject({ priority: 1 });
  expect(await assign("none", {})).toMatchObject({ priority: 0 });
  expect(await assign("none too", {})).toMatchObject({ priority: 2 });
});

test("what is not served of clients says so, and is no path that is not there", async () => {
  expect((await org.send("GET", "/oauth2/v1/clients/0oa1/unheard-of")).status).toBe(501);
});

test("a user can be of a type that was made, which stays as long as somebody is", async () => {
  const types = "/api/v1/meta/types/user";
  const id = await org.create(types, { name: "contractor", displayName: "Contractor" });
  const profile = { firstName: "A", lastName: "B", login: "ab@example.com", email: "ab@example.com" };
  const schema = { href: expect.stringContaining(`/schemas/user/osc${id.slice(3)}`) };
  const made = await org.send("POST", "/api/v1/users", { body: { profile, type: { id } } });
  expect(made.body).toMatchObject({ type: { id }, _links: { schema } });
  expect(
    (await org.send("POST", "/api/v1/users", { body: { profile, type: { id: "oty1" } } })).status,
  ).not.toBe(200);
  expect((await org.send("DELETE", `${types}/${id}`)).status).toBe(403);
  await org.send("PUT", "/api/v1/users/ab@example.com", { body: { profile, type: { id: "default" } } });
  expect((await org.send("DELETE", `${types}/${id}`)).status).toBe(204);
  expect((await org.send("GET", types)).body).toMatchObject([{ name: "user", default: true }]);
});

test("a group rule is made inactive, and changed and deleted only while it is", async () => {
  const group = await org.create("/api/v1/groups", { profile: { name: "By rule" } });
  const rule = (value: string, groupIds = [group]) => ({
    name: "rule",
    conditions: { expression: { type: "urn:okta:expression:1.0", value }, people: { users: {} } },
    actions: { assignUserToGroups: { groupIds } },
  });
  const rules = "/api/v1/groups/rules";
  const path = `${rules}/${await org.create(rules, rule("true"))}`;
  expect((await org.send("GET", path)).body).toMatchObject({
    status: "INACTIVE",
    type: "group_rule",
    conditions: { people: { users: { exclude: [] }, groups: { exclude: [] } } },
    allGroupsValid: true,
  });
  expect((await org.send("POST", rules, { body: rule("true") })).status).toBe(400);
  expect((await org.send("PUT", path, { body: rule("true", ["00gnone"]) })).status).toBe(400);
  expect((await org.send("POST", `${path}/lifecycle/activate`)).status).toBe(204);
  expect((await org.send("PUT", path, { body: rule("false") })).status).toBe(403);
  expect((await org.send("DELETE", path)).status).toBe(403);
  expect((await org.send("POST", `${path}/lifecycle/deactivate`)).status).toBe(204);
  expect((await org.send("PUT", path, { body: rule("false") })).status).toBe(200);
  expect((await org.send("GET", `${rules}?search=ru`)).body).toMatchObject([{ name: "rule" }]);
  expect((await org.send("DELETE", path)).status).toBe(202);
  expect((await org.send("GET", path)).status).toBe(404);
});

describe("what is not served is answered 501 with a sentence", () => {
  test.each([
    ["GET", "/api/v1/zones", undefined, "GET /api/v1/zones"],
    ["PATCH", "/api/v1/apps", undefined, "PATCH /api/v1/apps"],
    [
      "POST",
      "/api/v1/apps",
      { label: "b", name: "bookmark", signOnMode: "BOOKMARK", settings: { app: {} } },
      "'bookmark'",
    ],
    ["POST", "/api/v1/apps", { label: "s", signOnMode: "SAML_2_0", settings: { signOn: {} } }, "'SAML_2_0'"],
  ])("%s %s", async (method, path, body, words) => {
    const answer = await org.send(method, path, body === undefined ? {} : { body });
    expect(answer).toMatchObject({
      status: 501,
      body: { errorCode: "E0000060", errorCauses: [{ errorSummary: expect.stringContaining(words) }] },
    });
  });
});
