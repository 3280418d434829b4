/** What Okta refuses about applications, the local org refuses: with the same status and code, and a cause that says what is wrong. */
import { describe, expect, test } from "@jest/globals";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const apps = "/api/v1/apps";
const org = TestOrg.use();

const key = {
  kty: "RSA",
  kid: "k1",
  e: "AQAB",
  // Of RFC 7517, A.1.
  n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
};
const withUri = ["https://a.example"];
const web = { application_type: "web", grant_types: ["authorization_code"], response_types: ["code"] };

test.each([
  ["no grants", { grant_types: [] }, "grant_types", /grant_types/],
  [
    "a grant not for services",
    { grant_types: ["client_credentials", "password"] },
    "grant_types",
    /'password' is not allowed/,
  ],
  [
    "a service without client credentials",
    { grant_types: ["implicit"], redirect_uris: withUri },
    "grant_types",
    /requires 'client_credentials'/,
  ],
  ["a web app without redirect URIs", web, "redirect_uris", /at least one redirect URI/],
  [
    "a code grant without the code response",
    { ...web, redirect_uris: withUri, response_types: ["token"] },
    "response_types",
    /requires the response type 'code'/,
  ],
  [
    "an implicit grant without its responses",
    { grant_types: ["client_credentials", "implicit"], response_types: ["code"] },
    "response_types",
    /'token' or 'id_token'/,
  ],
  ["a relative URI", { redirect_uris: ["/back"] }, "redirect_uris", /'\/back' is not an absolute URI/],
  ["a wildcard", { redirect_uris: ["https://*.example.com/"] }, "redirect_uris", /absolute URI/],
])("%s is refused", async (_, oauthClient, field, cause) => {
  await org.expectRefusal("POST", apps, serviceApp({ oauthClient }), field, cause);
});

test.each([
  ["id", { client_id: "abc" }, "client_id", /6 to 100 characters/],
  ["secret", { client_secret: "short" }, "client_secret", /must be at least '14' characters long/],
  [
    "way to authenticate, none for a service",
    { token_endpoint_auth_method: "none", pkce_required: true },
    "token_endpoint_auth_method",
    /not allowed for the application type 'service'/,
  ],
])("a client with a wrong %s is refused", async (_, credentials, field, cause) => {
  await org.expectRefusal("POST", apps, serviceApp({ credentials }), field, cause);
});

test("a web application has a way to authenticate", async () => {
  const credentials = { token_endpoint_auth_method: "none", pkce_required: true };
  const body = serviceApp({ credentials, oauthClient: { ...web, redirect_uris: ["https://a.example/"] } });
  const field = "token_endpoint_auth_method";
  await org.expectRefusal("POST", apps, body, field, /not allowed for the application type 'web'/);
});

const privateKeyJwt = { token_endpoint_auth_method: "private_key_jwt" };
const fiftyOne = Array.from({ length: 51 }, (_, index) => ({ ...key, kid: `k${String(index)}` }));
const uri = "https://a.example/jwks";

test.each([
  ["no keys", undefined, undefined, "jwks", /'jwks' or 'jwks_uri' is required/],
  ["keys given twice", [key], uri, "jwks", /cannot both be given/],
  ["a private key", [{ ...key, d: "secret" }], undefined, "keys", /take out the private members d$/],
  ["two keys of one kid", [key, key], undefined, "keys", /must have a unique kid/],
  [
    "two keys without kids",
    [key, { ...key, kid: undefined }],
    undefined,
    "keys",
    /have a unique kid when adding/,
  ],
  ["more than 50 keys", fiftyOne, undefined, "keys", /at most 50/],
])("private_key_jwt with %s is refused", async (_, keys, jwks_uri, field, cause) => {
  const oauthClient = { jwks_uri, ...(keys === undefined ? {} : { jwks: { keys } }) };
  await org.expectRefusal(
    "POST",
    apps,
    serviceApp({ credentials: privateKeyJwt, oauthClient }),
    field,
    cause,
  );
});

test("a private key in a request is in no answer and no log", async () => {
  const jwks = { keys: [{ ...key, d: "the-private-part" }] };
  const body = serviceApp({ credentials: privateKeyJwt, oauthClient: { jwks } });
  const answer = await org.send("POST", apps, { body });
  const seen = JSON.stringify([answer.body, org.tenant.requests(), org.tenant.snapshot()]);
  expect(seen).not.toContain("the-private-part");
});

test("all mistakes of one request are named at once", async () => {
  await org.expectRefusal("POST", apps, serviceApp({ label: "" }), "label", /cannot be left blank/);
  const body = serviceApp({
    credentials: { ...privateKeyJwt, client_id: "abc" },
    oauthClient: { grant_types: ["password"] },
  });
  expect((await org.send("POST", apps, { body })).body).toMatchObject({
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
  const path = `${apps}/${await org.create(apps, serviceApp())}`;
  const another = serviceApp({ credentials: { client_id: "another-client" } });
  await org.expectRefusal("PUT", path, another, "client_id", /cannot be changed/);
  const web = serviceApp({
    oauthClient: { application_type: "web", grant_types: ["client_credentials"] },
  });
  await org.expectRefusal("PUT", path, web, "application_type", /cannot be changed/);
});

test("a client id is taken once", async () => {
  const body = serviceApp({ credentials: { client_id: "my-own-client" } });
  await org.create(apps, body);
  await org.expectRefusal("POST", apps, body, "client_id", /already exists/);
});

test("an active application cannot be deleted, a deactivated one can, and only once", async () => {
  const path = `${apps}/${await org.create(apps, serviceApp())}`;
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

test("Okta's own applications cannot be changed", async () => {
  const [own = ""] = await org.ids(`${apps}?q=saasure`);
  await org.expectError("POST", `${apps}/${own}/lifecycle/deactivate`, 400, "E0000024");
});

describe("a scope of Okta's API", () => {
  test("is granted once, by this org's address, and only if it is one", async () => {
    const path = `${apps}/${await org.create(apps, serviceApp())}/grants`;
    const body = { issuer: org.tenant.origin, scopeId: "okta.users.read" };
    const elsewhere = { ...body, issuer: "https://example.com" };
    await org.expectRefusal("POST", path, elsewhere, "issuer", /this org's address/);
    const unknown = { ...body, scopeId: "ai:read" };
    await org.expectRefusal("POST", path, unknown, "scopeId", /not a scope of Okta's API/);
    await org.create(path, body);
    await org.expectRefusal("POST", path, body, "scopeId", /already assigned/);
  });
});
