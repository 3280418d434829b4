/** What Okta refuses, the local org refuses: with the same status and code, and a cause that says what is wrong. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;

beforeAll(async () => {
  org = await TestOrg.start();
});
afterAll(() => org.tenant.close());

describe("who may ask", () => {
  test.each([
    ["nothing", null, 403, "E0000005", "Invalid session"],
    ["a wrong token", "SSWS 00wrong", 401, "E0000011", "Invalid token provided"],
    ["another scheme", "Bearer 00wrong", 401, "E0000011", "Invalid token provided"],
  ])("a request with %s is refused", async (_, authorization, status, errorCode, errorSummary) => {
    expect(await org.send("GET", "/api/v1/apps", { authorization })).toMatchObject({
      status,
      body: { errorCode, errorSummary, errorCauses: [] },
    });
  });

  test("the org's address book is open to everybody", async () => {
    const paths = [
      "/.well-known/okta-organization",
      "/oauth2/default/.well-known/openid-configuration",
      "/oauth2/default/v1/keys",
    ];
    for (const path of paths) expect((await org.send("GET", path, { authorization: null })).status).toBe(200);
  });
});

describe("paths and bodies", () => {
  test.each([
    ["GET", "/api/v1/nothing", 404, "E0000008"],
    ["PATCH", "/api/v1/apps", 405, "E0000022"],
    ["GET", "/api/v1/apps/0oaNothing", 404, "E0000007"],
    ["GET", "/api/v1/authorizationServers/ausNothing/scopes", 404, "E0000007"],
    ["GET", "/oauth2/ausNothing/v1/keys", 404, "E0000007"],
    ["GET", "/api/v1/policies?type=OKTA_SIGN_ON", 400, "E0000001"],
    ["GET", '/api/v1/apps?filter=label sw "A"'.replaceAll(" ", "%20"), 400, "E0000031"],
    ["GET", "/api/v1/apps?limit=201", 400, "E0000001"],
    ["POST", "/api/v1/apps", 400, "E0000003"],
  ])("%s %s is answered %d %s", async (method, path, status, errorCode) => {
    expect(await org.send(method, path)).toMatchObject({ status, body: { errorCode } });
  });

  test("what is not there is named with its kind", async () => {
    expect((await org.send("GET", "/api/v1/apps/0oaNothing")).body).toMatchObject({
      errorSummary: "Not found: Resource not found: 0oaNothing (OAuth2AppInstance)",
    });
    expect((await org.send("GET", "/api/v1/authorizationServers/ausNothing")).body).toMatchObject({
      errorSummary: "Not found: Resource not found: ausNothing (AuthorizationServer)",
    });
  });
});

const key = {
  kty: "RSA",
  kid: "k1",
  e: "AQAB",
  n: "tj4rjMvXbJgyeCTlWq0OI7f_8iK1c3pXlE0DaFbOySB0SlLKrVZ1pQ7pqK8i1Z",
};
const privateKeyJwt = { token_endpoint_auth_method: "private_key_jwt" };

describe("applications", () => {
  test.each([
    ["no label", { label: "" }, "label", /cannot be left blank/],
    [
      "a grant not for services",
      { oauthClient: { grant_types: ["client_credentials", "password"] } },
      "grant_types",
      /'password' is not allowed/,
    ],
    [
      "a service without client credentials",
      { oauthClient: { grant_types: ["implicit"], redirect_uris: ["https://a.example"] } },
      "grant_types",
      /requires 'client_credentials'/,
    ],
    ["no grants", { oauthClient: { grant_types: [] } }, "grant_types", /grant_types/],
    [
      "a web app without redirect URIs",
      {
        oauthClient: {
          application_type: "web",
          grant_types: ["authorization_code"],
          response_types: ["code"],
        },
      },
      "redirect_uris",
      /at least one redirect URI/,
    ],
    [
      "a code grant without the code response",
      {
        oauthClient: {
          application_type: "web",
          grant_types: ["authorization_code"],
          redirect_uris: ["https://a.example"],
          response_types: ["token"],
        },
      },
      "response_types",
      /requires the response type 'code'/,
    ],
    [
      "an implicit grant without its responses",
      { oauthClient: { grant_types: ["client_credentials", "implicit"], response_types: ["code"] } },
      "response_types",
      /'token' or 'id_token'/,
    ],
    [
      "a relative redirect URI",
      { oauthClient: { redirect_uris: ["/callback"] } },
      "redirect_uris",
      /'\/callback' is not an absolute URI/,
    ],
    [
      "a wildcard that was not allowed",
      { oauthClient: { redirect_uris: ["https://*.example.com/"] } },
      "redirect_uris",
      /absolute URI/,
    ],
    [
      "a service that does not authenticate",
      { credentials: { token_endpoint_auth_method: "none", pkce_required: true } },
      "token_endpoint_auth_method",
      /not allowed for the application type 'service'/,
    ],
    [
      "private_key_jwt without keys",
      { credentials: privateKeyJwt },
      "jwks",
      /'jwks' or 'jwks_uri' is required/,
    ],
    [
      "keys given twice",
      {
        credentials: privateKeyJwt,
        oauthClient: { jwks: { keys: [key] }, jwks_uri: "https://a.example/jwks" },
      },
      "jwks",
      /cannot both be given/,
    ],
    [
      "a private key",
      { credentials: privateKeyJwt, oauthClient: { jwks: { keys: [{ ...key, d: "secret-part" }] } } },
      "keys",
      /take out the private members d$/,
    ],
    [
      "two keys of one kid",
      { credentials: privateKeyJwt, oauthClient: { jwks: { keys: [key, key] } } },
      "keys",
      /must have a unique kid/,
    ],
    [
      "two keys without kids",
      { credentials: privateKeyJwt, oauthClient: { jwks: { keys: [key, { ...key, kid: undefined }] } } },
      "keys",
      /Each key should have a unique kid/,
    ],
    [
      "more than 50 keys",
      {
        credentials: privateKeyJwt,
        oauthClient: {
          jwks: { keys: Array.from({ length: 51 }, (_, index) => ({ ...key, kid: `k${String(index)}` })) },
        },
      },
      "keys",
      /at most 50/,
    ],
    ["a short client id", { credentials: { client_id: "abc" } }, "client_id", /6 to 100 characters/],
    [
      "a short client secret",
      { credentials: { client_secret: "short" } },
      "client_secret",
      /must be at least '14' characters long/,
    ],
  ])("%s is refused", async (_, changes, field, cause) => {
    await org.expectRefusal("POST", "/api/v1/apps", serviceApp(changes), field, cause);
  });

  test("a private key in a request is in no answer and no log", async () => {
    const jwks = { keys: [{ ...key, d: "the-private-part" }] };
    const answer = await org.send("POST", "/api/v1/apps", {
      body: serviceApp({ credentials: privateKeyJwt, oauthClient: { jwks } }),
    });
    expect(JSON.stringify([answer.body, org.tenant.requests(), org.tenant.snapshot()])).not.toContain(
      "the-private-part",
    );
  });

  test("all mistakes of one request are named at once", async () => {
    const body = serviceApp({
      credentials: { ...privateKeyJwt, client_id: "abc" },
      oauthClient: { grant_types: ["password"] },
    });
    const answer = await org.send("POST", "/api/v1/apps", { body });
    expect(answer.body).toMatchObject({
      errorSummary: "Api validation failed: grant_types",
      errorCauses: [
        { errorSummary: "grant_types: 'password' is not allowed for the application type 'service'" },
        { errorSummary: "grant_types: the application type 'service' requires 'client_credentials'" },
        { errorSummary: expect.stringMatching(/^jwks: /) },
        { errorSummary: expect.stringMatching(/^client_id: /) },
      ],
    });
  });

  test("neither client id nor type of an application can change", async () => {
    const id = await org.create("/api/v1/apps", serviceApp());
    await org.expectRefusal(
      "PUT",
      `/api/v1/apps/${id}`,
      serviceApp({ credentials: { client_id: "another-client" } }),
      "client_id",
      /cannot be changed/,
    );
    const web = { application_type: "web", grant_types: ["client_credentials"] };
    await org.expectRefusal(
      "PUT",
      `/api/v1/apps/${id}`,
      serviceApp({ oauthClient: web }),
      "application_type",
      /cannot be changed/,
    );
  });

  test("a client id is taken once", async () => {
    const body = serviceApp({ credentials: { client_id: "my-own-client" } });
    await org.create("/api/v1/apps", body);
    await org.expectRefusal("POST", "/api/v1/apps", body, "client_id", /already exists/);
  });

  test("an active application cannot be deleted, a deactivated one can, and only once", async () => {
    const path = `/api/v1/apps/${await org.create("/api/v1/apps", serviceApp())}`;
    expect(await org.send("DELETE", path)).toMatchObject({
      status: 403,
      body: {
        errorCode: "E0000056",
        errorSummary: "Delete application forbidden.",
        errorCauses: [{ errorSummary: "The application must be deactivated before deletion." }],
      },
    });
    expect(await org.send("POST", `${path}/lifecycle/deactivate`)).toMatchObject({ status: 200, body: {} });
    expect(await org.send("DELETE", path)).toMatchObject({ status: 204, body: undefined });
    expect((await org.send("DELETE", path)).status).toBe(404);
  });

  test("a scope of Okta's API is granted once, by this org's address, and only if it is one", async () => {
    const path = `/api/v1/apps/${await org.create("/api/v1/apps", serviceApp())}/grants`;
    const body = { issuer: org.tenant.origin, scopeId: "okta.users.read" };
    await org.expectRefusal(
      "POST",
      path,
      { ...body, issuer: "https://example.com" },
      "issuer",
      /this org's address/,
    );
    await org.expectRefusal(
      "POST",
      path,
      { ...body, scopeId: "ai:read" },
      "scopeId",
      /not a scope of Okta's API/,
    );
    expect((await org.send("POST", path, { body })).status).toBe(201);
    await org.expectRefusal("POST", path, body, "scopeId", /already assigned/);
  });
});

describe("what is Okta's own", () => {
  test("cannot be deleted", async () => {
    const own = "/api/v1/authorizationServers/default";
    const scopes = await org.send("GET", `${own}/scopes?q=openid`);
    const claims = await org.send("GET", `${own}/claims`);
    const groups = await org.send("GET", "/api/v1/groups?q=Everyone");
    const paths = [
      own,
      `${own}/scopes/${firstId(scopes.body)}`,
      `${own}/claims/${firstId(claims.body)}`,
      `/api/v1/groups/${firstId(groups.body)}`,
    ];
    for (const path of paths) {
      expect({ path, ...(await org.send("DELETE", path)) }).toMatchObject({
        path,
        status: 403,
        body: { errorCode: "E0000006" },
      });
    }
  });

  test("applications cannot be changed", async () => {
    const found = await org.send("GET", "/api/v1/apps?q=saasure");
    expect(found.body).toHaveLength(1);
    expect(await org.send("POST", `/api/v1/apps/${firstId(found.body)}/lifecycle/deactivate`)).toMatchObject({
      status: 400,
      body: { errorCode: "E0000024" },
    });
  });
});

function firstId(list: unknown): string {
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const id: unknown = typeof first === "object" && first !== null ? Reflect.get(first, "id") : undefined;
  if (typeof id !== "string") throw new Error(`Not a list of things with ids: ${JSON.stringify(list)}`);
  return id;
}
