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

describe("what is not served is answered 501 with a sentence", () => {
  test.each([
    ["GET", "/api/v1/zones", undefined, "GET /api/v1/zones"],
    ["PATCH", "/api/v1/apps", undefined, "PATCH /api/v1/apps"],
    ["GET", "/api/v1/groups/rules", undefined, "group rules"],
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
