/** What the token endpoints of the local Okta org refuse, in Okta's words: requests, clients with secrets, scopes. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import {
  addClient,
  addServer,
  allow,
  endpoint,
  post,
  refusalOf,
  withSecret,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const org = TestOrg.use();
let server: string;
let client: Client;
let basic: Client;
let web: Client;
beforeAll(async () => {
  server = await addServer(org);
  const scopes = `/api/v1/authorizationServers/${server}/scopes`;
  await org.create(scopes, { name: "ai:consent", consent: "REQUIRED" });
  await org.create(scopes, { name: "ai:flexible", consent: "FLEXIBLE" });
  await allow(org, server);
  client = await addClient(org);
  basic = await addClient(org, { credentials: { token_endpoint_auth_method: "client_secret_basic" } });
  const code = { grant_types: ["authorization_code"], response_types: ["code"] };
  web = await addClient(org, {
    oauthClient: { ...code, application_type: "web", redirect_uris: ["https://a.example/"] },
  });
});

type Form = Readonly<Record<string, string>>;

const grant = { grant_type: "client_credentials", scope: "ai:read" };
const ask = (form: Form, authorization: string | null = null) =>
  post(org, endpoint(server, "token"), form, authorization);

describe("a token is refused for", () => {
  const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  const assertion = (type: string) => ({ client_assertion: "a.b.c", client_assertion_type: type });
  const ANY =
    "401 invalid_client: Client authentication failed. Either the client or the client credentials are invalid.";
  const WRONG = "401 invalid_client: The client secret supplied for a confidential client is invalid.";
  const MULTIPLE =
    "401 invalid_request: Cannot supply multiple client credentials. Use one of the following: credentials in the " +
    "Authorization header, credentials in the post body, or a client_assertion in the post body.";
  const NO_CLIENT = "401 invalid_client: No client credentials found.";
  const UNKNOWN = "401 invalid_client: Invalid value for 'client_id' parameter.";
  const TYPE = "400 invalid_request: The client_assertion_type is invalid.";

  test.each<[string, () => Form, string]>([
    ["nothing", () => grant, NO_CLIENT],
    ["an unknown client", () => ({ ...grant, client_id: "0oaNobody", client_secret: "x" }), UNKNOWN],
    ["a wrong secret", () => ({ ...withSecret(client, "ai:read"), client_secret: "wrong" }), WRONG],
    ["no secret", () => ({ ...grant, client_id: client.id }), ANY],
    ["the body, for a client of the header", () => withSecret(basic, "ai:read"), ANY],
    ["secret and assertion", () => ({ ...withSecret(client), ...assertion(JWT_BEARER) }), MULTIPLE],
    ["an assertion of an unknown type", () => ({ ...grant, ...assertion("jwt") }), TYPE],
  ])("%s as credentials", async (_, form, refusal) => {
    expect(refusalOf(await ask(form()))).toBe(refusal);
  });

  const basicHeader = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  const MALFORMED = "401 invalid_client: Found Authentication header but was not valid client credentials.";
  const own = () => basicHeader(`${client.id}:${client.secret}`);

  test.each<[string, () => string, () => Form, string]>([
    ["with a wrong secret", () => basicHeader(`${basic.id}:wrong`), () => grant, WRONG],
    ["of a client of the body", own, () => grant, ANY],
    ["beside a body", own, () => withSecret(client, "ai:read"), MULTIPLE],
    ["without a colon", () => basicHeader("nonsense"), () => grant, MALFORMED],
    ["of another scheme", () => "Bearer abc", () => grant, MALFORMED],
  ])("an Authorization header %s", async (_, header, form, refusal) => {
    expect(refusalOf(await ask(form(), header()))).toBe(refusal);
  });

  const OPENID = "400 invalid_scope: Cannot request 'openid' scopes using client credentials.";

  test.each<[string, () => Form, string]>([
    [
      "no grant type",
      () => ({ client_id: client.id, client_secret: client.secret }),
      "400 invalid_request: The token request must specify a 'grant_type'. Valid values: [client_credentials].",
    ],
    [
      "a grant that is not served",
      () => ({ ...withSecret(client), grant_type: "password" }),
      "400 unsupported_grant_type: The authorization grant type is not supported by the authorization server. Configured grant types: [client_credentials].",
    ],
    [
      "a grant that the client does not have",
      () => withSecret(web, "ai:read"),
      "400 unauthorized_client: The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].",
    ],
    [
      "no scope where there is no default",
      () => withSecret(client),
      "400 invalid_scope: The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
    ],
    [
      "a scope that the server does not have",
      () => withSecret(client, "ai:read ai:nothing"),
      "400 invalid_scope: One or more scopes are not configured for the authorization server resource.",
    ],
    ["the scope openid", () => withSecret(client, "openid"), OPENID],
    ["the scopes ai:read profile", () => withSecret(client, "ai:read profile"), OPENID],
    ["the scope offline_access", () => withSecret(client, "offline_access"), OPENID],
    [
      "a scope that a person must consent to",
      () => withSecret(client, "ai:read ai:consent"),
      "400 consent_required: The following scopes require user consent and cannot be granted for the client credentials grant type: [ai:consent].",
    ],
    [
      "a scope parameter beyond 1,024 characters",
      () => withSecret(client, "a".repeat(1025)),
      "400 invalid_scope: The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.",
    ],
  ])("a request with %s", async (_, form, refusal) => {
    expect(refusalOf(await ask(form()))).toBe(refusal);
  });
});

test("a scope with flexible consent needs none from a client", async () => {
  expect((await ask(withSecret(client, "ai:flexible"))).status).toBe(200);
});

test("a secret in the address is refused", async () => {
  const answer = await post(org, `${endpoint(server, "token")}?client_secret=${client.secret}`, grant);
  expect(refusalOf(answer)).toBe(
    "400 invalid_request: Client credentials cannot be supplied via query parameters.",
  );
  expect(JSON.stringify(org.tenant.requests())).not.toContain(client.secret);
});

test("a parameter that comes twice is refused, and so is a body that is no form", async () => {
  const json = { authorization: null, body: {}, headers: { "content-type": "application/json" } };
  expect(await org.send("POST", endpoint(server, "token"), json)).toMatchObject({
    status: 400,
    body: { errorCode: "E0000021" },
  });
  const answer = await fetch(`${org.tenant.origin}${endpoint(server, "token")}`, {
    method: "POST",
    body: new URLSearchParams([...Object.entries(withSecret(client, "ai:read")), ["scope", "ai:write"]]),
  });
  expect(await answer.json()).toEqual({
    error: "invalid_request",
    error_description: "The request contained multiple parameters with the same name.",
  });
});

test("a second secret works beside the first, and a deactivated one does not", async () => {
  const rotating = await addClient(org);
  const path = `/api/v1/apps/${rotating.id}/credentials/secrets`;
  const [first = ""] = await org.ids(path);
  const secret = "a-secret-of-our-own-choice";
  await org.create(path, { client_secret: secret });
  expect((await ask({ ...withSecret(rotating, "ai:read"), client_secret: secret })).status).toBe(200);
  expect((await ask(withSecret(rotating, "ai:read"))).status).toBe(200);
  await org.send("POST", `${path}/${first}/lifecycle/deactivate`);
  expect((await ask(withSecret(rotating, "ai:read"))).status).toBe(401);
});

test("an authorization server that is not there is 404, a deactivated one gives no token", async () => {
  expect(await post(org, endpoint("ausNothing", "token"), withSecret(client, "ai:read"))).toMatchObject({
    status: 404,
    body: { errorCode: "E0000007" },
  });
  const off = await addServer(org);
  await allow(org, off);
  await org.send("POST", `/api/v1/authorizationServers/${off}/lifecycle/deactivate`);
  const answer = await post(org, endpoint(off, "token"), withSecret(client, "ai:read"));
  expect(refusalOf(answer)).toBe("400 invalid_request: The authorization server id is invalid.");
});
