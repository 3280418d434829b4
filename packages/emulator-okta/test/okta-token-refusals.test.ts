/** What the token endpoints of the local Okta org refuse, in Okta's words: requests, clients with secrets, scopes. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  addClient,
  addServer,
  allow,
  endpoint,
  post,
  withSecret,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

let org: TestOrg;
let server: string;
let client: Client;
let basic: Client;
let web: Client;
beforeAll(async () => {
  org = await TestOrg.start();
  server = await addServer(org);
  const scopes = `/api/v1/authorizationServers/${server}/scopes`;
  await org.create(scopes, { name: "ai:consent", consent: "REQUIRED" });
  await org.create(scopes, { name: "ai:flexible", consent: "FLEXIBLE" });
  await allow(org, server);
  client = await addClient(org);
  basic = await addClient(org, { credentials: { token_endpoint_auth_method: "client_secret_basic" } });
  const grant = { grant_types: ["authorization_code"], response_types: ["code"] };
  web = await addClient(org, {
    oauthClient: { ...grant, application_type: "web", redirect_uris: ["https://a.example/"] },
  });
});
afterAll(() => org.tenant.close());

const header = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
const grant = { grant_type: "client_credentials", scope: "ai:read" };
const JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ANY = "Client authentication failed. Either the client or the client credentials are invalid.";
const MULTIPLE =
  "Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization header, " +
  "credentials in the post body, or a client_assertion in the post body.";

type Case = readonly [
  what: string,
  form: () => Readonly<Record<string, string>>,
  authorization: () => string | null,
  status: number,
  error: string,
  description: string,
];
const none = () => null;

const credentials: readonly Case[] = [
  ["nothing", () => grant, none, 401, "invalid_client", "No client credentials found."],
  [
    "an unknown client",
    () => ({ ...grant, client_id: "0oaNobody", client_secret: "x" }),
    none,
    401,
    "invalid_client",
    "Invalid value for 'client_id' parameter.",
  ],
  [
    "a wrong secret",
    () => ({ ...withSecret(client, "ai:read"), client_secret: "wrong" }),
    none,
    401,
    "invalid_client",
    "The client secret supplied for a confidential client is invalid.",
  ],
  [
    "a wrong secret in the header",
    () => grant,
    () => header(`${basic.id}:wrong`),
    401,
    "invalid_client",
    "The client secret supplied for a confidential client is invalid.",
  ],
  ["no secret", () => ({ ...grant, client_id: client.id }), none, 401, "invalid_client", ANY],
  [
    "the header, for a client of the body",
    () => grant,
    () => header(`${client.id}:${client.secret}`),
    401,
    "invalid_client",
    ANY,
  ],
  [
    "the body, for a client of the header",
    () => withSecret(basic, "ai:read"),
    none,
    401,
    "invalid_client",
    ANY,
  ],
  [
    "header and body",
    () => withSecret(client, "ai:read"),
    () => header(`${client.id}:${client.secret}`),
    401,
    "invalid_request",
    MULTIPLE,
  ],
  [
    "secret and assertion",
    () => ({ ...withSecret(client), client_assertion: "a.b.c", client_assertion_type: JWT_BEARER }),
    none,
    401,
    "invalid_request",
    MULTIPLE,
  ],
  [
    "a header without a colon",
    () => grant,
    () => header("nonsense"),
    401,
    "invalid_client",
    "Found Authentication header but was not valid client credentials.",
  ],
  [
    "a header of another scheme",
    () => grant,
    () => "Bearer abc",
    401,
    "invalid_client",
    "Found Authentication header but was not valid client credentials.",
  ],
  [
    "an assertion of an unknown type",
    () => ({ ...grant, client_assertion: "a.b.c", client_assertion_type: "jwt" }),
    none,
    400,
    "invalid_request",
    "The client_assertion_type is invalid.",
  ],
];

const requests: readonly Case[] = [
  [
    "no grant type",
    () => ({ client_id: client.id, client_secret: client.secret }),
    none,
    400,
    "invalid_request",
    "The token request must specify a 'grant_type'. Valid values: [client_credentials].",
  ],
  [
    "a grant that is not served",
    () => ({ ...withSecret(client), grant_type: "password" }),
    none,
    400,
    "unsupported_grant_type",
    "The authorization grant type is not supported by the authorization server. Configured grant types: [client_credentials].",
  ],
  [
    "a grant that the client does not have",
    () => withSecret(web, "ai:read"),
    none,
    400,
    "unauthorized_client",
    "The client is not authorized to use the provided grant type. Configured grant types: [authorization_code].",
  ],
  [
    "no scope where there is no default",
    () => withSecret(client),
    none,
    400,
    "invalid_scope",
    "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
  ],
  [
    "a scope that the server does not have",
    () => withSecret(client, "ai:read ai:nothing"),
    none,
    400,
    "invalid_scope",
    "One or more scopes are not configured for the authorization server resource.",
  ],
  ...["openid", "ai:read profile", "offline_access"].map((scope): Case => [
    `the OpenID Connect scopes '${scope}'`,
    () => withSecret(client, scope),
    none,
    400,
    "invalid_scope",
    "Cannot request 'openid' scopes using client credentials.",
  ]),
  [
    "a scope that a person must consent to",
    () => withSecret(client, "ai:read ai:consent"),
    none,
    400,
    "consent_required",
    "The following scopes require user consent and cannot be granted for the client credentials grant type: [ai:consent].",
  ],
  [
    "a scope parameter beyond 1,024 characters",
    () => withSecret(client, "a".repeat(1025)),
    none,
    400,
    "invalid_scope",
    "The requested scope is invalid, unknown, malformed, or exceeds the scope granted by the resource owner.",
  ],
];

describe.each([
  ["credentials", credentials],
  ["a request with", requests],
])("a token is refused for %s", (_, cases) => {
  test.each(cases)("%s", async (_what, form, authorization, status, error, error_description) => {
    expect(await post(org, endpoint(server, "token"), form(), authorization())).toMatchObject({
      status,
      body: { error, error_description },
    });
  });
});

test("a scope with flexible consent needs none from a client", async () => {
  expect((await post(org, endpoint(server, "token"), withSecret(client, "ai:flexible"))).status).toBe(200);
});

test("a secret in the address is refused", async () => {
  const path = `${endpoint(server, "token")}?client_secret=${client.secret}`;
  expect(await post(org, path, grant)).toMatchObject({
    status: 400,
    body: { error_description: "Client credentials cannot be supplied via query parameters." },
  });
  expect(JSON.stringify(org.tenant.requests())).not.toContain(client.secret);
});

test("a parameter that comes twice is refused, and so is a body that is no form", async () => {
  const send = (type: string, target: string) =>
    org.send("POST", target, { authorization: null, body: {}, headers: { "content-type": type } });
  expect(await send("application/json", endpoint(server, "token"))).toMatchObject({
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
  const first = await org.send("GET", path);
  const id = String(Reflect.get(Array.isArray(first.body) ? first.body[0] : {}, "id"));
  const secret = "a-secret-of-our-own-choice";
  await org.create(path, { client_secret: secret });
  const asked = (form: Record<string, string>) => post(org, endpoint(server, "token"), form);
  expect((await asked({ ...withSecret(rotating, "ai:read"), client_secret: secret })).status).toBe(200);
  expect((await asked(withSecret(rotating, "ai:read"))).status).toBe(200);
  await org.send("POST", `${path}/${id}/lifecycle/deactivate`);
  expect((await asked(withSecret(rotating, "ai:read"))).status).toBe(401);
});

test("an authorization server that is not there is 404, a deactivated one gives no token", async () => {
  expect(await post(org, endpoint("ausNothing", "token"), withSecret(client, "ai:read"))).toMatchObject({
    status: 404,
    body: { errorCode: "E0000007" },
  });
  const off = await addServer(org);
  await allow(org, off);
  await org.send("POST", `/api/v1/authorizationServers/${off}/lifecycle/deactivate`);
  expect(await post(org, endpoint(off, "token"), withSecret(client, "ai:read"))).toMatchObject({
    status: 400,
    body: { error: "invalid_request", error_description: "The authorization server id is invalid." },
  });
});
