/** OAuth for Okta's own API: a service app signs, gets a token of the org, and may do what was granted to it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  addClient,
  addServer,
  addSigningClient,
  allow,
  assertionClaims,
  endpoint,
  newSigner,
  post,
  refusalOf,
  sign,
  tokenOf,
  withAssertion,
  withSecret,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client } from "@ai-api-access/testing/okta-oauth.ts";
import { serviceApp, TestOrg } from "@ai-api-access/testing/okta-tenant.ts";

const signer = newSigner("ours");

let now = Date.now();
const org = TestOrg.use({ clock: () => now });
let client: Client;
beforeEach(async () => {
  now = Date.now();
  client = await addSigningClient(org, signer);
});

const grant = (scopeId: string) =>
  org.send("POST", `/api/v1/apps/${client.id}/grants`, { body: { issuer: org.tenant.origin, scopeId } });

async function ask(scope: string) {
  const audience = `${org.tenant.origin}${endpoint(undefined, "token")}`;
  const jwt = await sign(signer, assertionClaims(client, audience, { iat: undefined }));
  return post(
    org,
    endpoint(undefined, "token"),
    withAssertion(jwt, { grant_type: "client_credentials", scope }),
  );
}

async function bearer(...scopes: readonly string[]): Promise<string> {
  for (const scope of scopes) await grant(scope);
  return `Bearer ${tokenOf(await ask(scopes.join(" "))).access_token}`;
}

describe("a token of the org", () => {
  test("is good for the scopes that were granted to the application, for an hour", async () => {
    await grant("okta.apps.read");
    expect(tokenOf(await ask("okta.apps.read okta.groups.read"))).toMatchObject({
      expires_in: 3600,
      scope: "okta.apps.read",
    });
  });

  const NO_DEFAULT =
    "400 invalid_scope: The authorization server resource does not have any configured default scopes, 'scope' must be provided.";
  const SELF =
    "400 client_credentials_self_scope_requested: The 'client_credentials' grant type may not request .self scopes.";
  const UNKNOWN =
    "400 invalid_scope: One or more scopes are not configured for the authorization server resource.";
  const OPENID = "400 invalid_scope: Cannot request 'openid' scopes using client credentials.";
  const NOT_GRANTED = "400 consent_required: You are not allowed any of the requested scopes.";

  test.each([
    ["none of whose scopes was granted", "okta.groups.read", NOT_GRANTED],
    ["without a scope", "", NO_DEFAULT],
    ["for a scope of another server", "ai:read", UNKNOWN],
    ["for OpenID Connect", "openid", OPENID],
    ["for one's own self", "okta.users.read.self", SELF],
  ])("is not given %s", async (_, scope, refusal) => {
    expect(refusalOf(await ask(scope))).toBe(refusal);
  });

  test("is not given to a client with a secret, nor to one that is no service application", async () => {
    const form = { ...withSecret(await addClient(org)), scope: "okta.apps.read" };
    expect(refusalOf(await post(org, endpoint(undefined, "token"), form))).toBe(
      "401 invalid_client: Client Credentials requests to the Org Authorization Server must use the private_key_jwt token_endpoint_auth_method.",
    );
    client = await addClient(org, {
      credentials: { token_endpoint_auth_method: "private_key_jwt" },
      oauthClient: { application_type: "web", jwks: { keys: [signer.jwk] } },
    });
    expect(refusalOf(await ask("okta.apps.read"))).toBe(
      "401 invalid_client: Only clients with 'application_type' of 'service' may use the client_credentials 'grant_type' with the Org Authorization Server.",
    );
  });
});

describe("Okta's own API", () => {
  test("lets a client read what it may read, and manage and read what it may manage", async () => {
    const reader = await bearer("okta.groups.read");
    expect((await org.send("GET", "/api/v1/groups", { authorization: reader })).status).toBe(200);
    const manager = await bearer("okta.apps.manage");
    const made = await org.send("POST", "/api/v1/apps", { authorization: manager, body: serviceApp() });
    expect(made.status).toBe(200);
    expect((await org.send("GET", "/api/v1/apps", { authorization: manager })).status).toBe(200);
  });

  test("answers 403 with an empty body to a token without the scope, and names it in the header", async () => {
    const authorization = await bearer("okta.groups.read");
    const { origin } = org.tenant;
    expect(await org.send("POST", "/api/v1/groups?x=1", { authorization, body: {} })).toMatchObject({
      status: 403,
      body: undefined,
      headers: {
        "www-authenticate": [
          `Bearer authorization_uri="${origin}/oauth2/v1/authorize", realm="${origin}", scope="okta.groups.manage", ` +
            'error="insufficient_scope", ' +
            'error_description="The access token provided does not contain the required scopes.", ' +
            'resource="/api/v1/groups"',
        ],
      },
    });
  });

  async function expectInvalid(authorization: string, description: string): Promise<void> {
    expect(await org.send("GET", "/api/v1/groups", { authorization })).toMatchObject({
      status: 401,
      body: { errorCode: "E0000011", errorSummary: "Invalid token provided" },
      headers: {
        "www-authenticate": [
          expect.stringContaining(`error="invalid_token", error_description="${description}"`),
        ],
      },
    });
  }

  test("refuses a token that has expired, was revoked, or whose client is gone", async () => {
    const token = await bearer("okta.groups.read");
    now += 3_600_000;
    await expectInvalid(token, "The token has expired.");
    now -= 3_600_000;
    const audience = `${org.tenant.origin}${endpoint(undefined, "revoke")}`;
    const jwt = await sign(signer, assertionClaims(client, audience, { iat: undefined }));
    const answer = await post(
      org,
      endpoint(undefined, "revoke"),
      withAssertion(jwt, { token: token.replace("Bearer ", "") }),
    );
    expect(answer.status).toBe(200);
    await expectInvalid(token, "The access token has been revoked.");
    const second = await bearer("okta.groups.read");
    await org.send("POST", `/api/v1/apps/${client.id}/lifecycle/deactivate`);
    await expectInvalid(second, "The access token has been revoked.");
    await org.send("DELETE", `/api/v1/apps/${client.id}`);
    await expectInvalid(second, "The access token has been revoked.");
  });

  test("refuses a token of an authorization server, of another org, and no token at all", async () => {
    const server = await addServer(org);
    await allow(org, server);
    const service = await addClient(org);
    const form = withSecret(service, "ai:read");
    const { access_token: custom } = tokenOf(await post(org, endpoint(server, "token"), form));
    await expectInvalid(`Bearer ${custom}`, "The access token is invalid.");
    await expectInvalid("Bearer nonsense", "The access token is invalid.");
    const answer = await org.send("GET", "/api/v1/groups", { authorization: `SSWS ${custom}` });
    expect(answer).toMatchObject({ status: 401, body: { errorCode: "E0000011" } });
  });

  test("knows no `me` for a client: nobody is behind it", async () => {
    const authorization = await bearer("okta.users.read");
    expect(await org.send("GET", "/api/v1/users/me", { authorization })).toMatchObject({
      status: 404,
      body: { errorCode: "E0000007" },
    });
  });
});

test("the org's discovery documents list the scopes of Okta's own API", async () => {
  for (const document of ["oauth-authorization-server", "openid-configuration"]) {
    expect((await org.send("GET", `/.well-known/${document}`, { authorization: null })).body).toMatchObject({
      issuer: org.tenant.origin,
      token_endpoint: `${org.tenant.origin}/oauth2/v1/token`,
      scopes_supported: expect.arrayContaining(["okta.apps.manage", "okta.groups.read", "openid"]),
    });
  }
});
