/** Access tokens of the local Okta org's authorization servers: what is in them, who gets which, how they end. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { decodeProtectedHeader } from "jose";
import {
  addClient,
  addServer,
  allow,
  endpoint,
  post,
  refusalOf,
  tokenOf,
  verified,
  withSecret,
} from "@ai-api-access/testing/okta-oauth.ts";
import type { Client } from "@ai-api-access/testing/okta-oauth.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import type { Answer } from "@ai-api-access/testing/okta-tenant.ts";

let now = Date.now();
const org = TestOrg.use({ clock: () => now });
let client: Client;
let server: string;
let servers: string;
beforeEach(async () => {
  now = Date.now();
  client = await addClient(org);
  server = await addServer(org);
  servers = `/api/v1/authorizationServers/${server}`;
});

const ask = (scope?: string, of: Client = client) =>
  post(org, endpoint(server, "token"), withSecret(of, scope));

function about(token: string, of: Client = client) {
  const form = { client_id: of.id, client_secret: of.secret, token };
  return post(org, endpoint(server, "introspect"), form);
}

/** Expects the refusal of a request that no policy allows. */
async function expectDenied(answer: Promise<Answer>): Promise<void> {
  expect(refusalOf(await answer)).toBe(
    "401 access_denied: Policy evaluation failed for this request, please check the policy configurations.",
  );
}

test("a token says what Okta's say, and is signed by a published key of its server", async () => {
  await allow(org, server, { conditions: { clients: { include: [client.id] } } });
  const answer = await ask("ai:write ai:read");
  expect(answer.headers).toMatchObject({ "cache-control": ["no-store"] });
  const token = tokenOf(answer);
  expect(token).toMatchObject({ expires_in: 3600, scope: "ai:write ai:read" });
  const { payload, protectedHeader } = await verified(org, server, token.access_token);
  const seconds = Math.floor(now / 1000);
  expect(payload).toEqual({
    ver: 1,
    jti: expect.stringMatching(/^AT\.[\w-]{43}$/),
    iss: `${org.tenant.origin}/oauth2/${server}`,
    aud: "https://ai.example.com",
    iat: seconds,
    exp: seconds + 3600,
    cid: client.id,
    scp: ["ai:write", "ai:read"],
    sub: client.id,
  });
  expect(protectedHeader).toEqual({ alg: "RS256", kid: expect.any(String) });
});

test("a client with a secret proves itself by HTTP Basic when it is registered so", async () => {
  await allow(org, server);
  const basic = await addClient(org, { credentials: { token_endpoint_auth_method: "client_secret_basic" } });
  const authorization = `Basic ${Buffer.from(`${basic.id}:${basic.secret}`).toString("base64")}`;
  const form = { grant_type: "client_credentials", scope: "ai:read" };
  const answer = await post(org, endpoint(server, "token"), form, authorization);
  expect(tokenOf(answer).scope).toBe("ai:read");
});

describe("a policy", () => {
  test("must be there: a new server refuses everybody", async () => {
    await expectDenied(ask("ai:read"));
  });

  test("is for the clients that it names", async () => {
    const other = await addClient(org);
    await allow(org, server, { conditions: { clients: { include: [other.id] } } });
    await expectDenied(ask("ai:read"));
    expect(tokenOf(await ask("ai:read", other)).scope).toBe("ai:read");
  });

  test("counts only while it is active, and so does a rule", async () => {
    const path = await allow(org, server);
    await org.send("POST", `${path}/lifecycle/deactivate`);
    await expectDenied(ask("ai:read"));
    await org.send("POST", `${path}/lifecycle/activate`);
    expect((await ask("ai:read")).status).toBe(200);
  });

  test.each([
    ["for another grant", { grantTypes: { include: ["authorization_code"] } }],
    ["for fewer scopes than asked", { scopes: { include: ["ai:read"] } }],
    ["for no scope", { scopes: { include: [] } }],
  ])("with a rule %s does not let the client in", async (_, conditions) => {
    await allow(org, server, {}, {}, conditions);
    await expectDenied(ask("ai:read ai:write"));
  });

  test("with a rule for members of a group does not let a client in: nobody is behind it", async () => {
    const group = await org.create("/api/v1/groups", { profile: { name: `people of ${server}` } });
    await allow(org, server, {}, {}, { people: { groups: { include: [group] }, users: {} } });
    await expectDenied(ask("ai:read"));
  });

  test("decides by its first rule that fits; where none does the next policy is asked", async () => {
    const lifetime = (minutes: number) => ({ actions: { token: { accessTokenLifetimeMinutes: minutes } } });
    const first = await allow(org, server, { name: "one" }, lifetime(5), {
      scopes: { include: ["ai:read"] },
    });
    await allow(org, server, { name: "two" }, lifetime(1440));
    expect(tokenOf(await ask("ai:read")).expires_in).toBe(300);
    expect(tokenOf(await ask("ai:read ai:write")).expires_in).toBe(86_400);
    const next = { ...lifetime(10), name: "later", type: "RESOURCE_ACCESS", priority: 2 };
    const conditions = { grantTypes: { include: ["client_credentials"] }, scopes: { include: ["*"] } };
    await org.create(`${first}/rules`, { ...next, conditions });
    expect(tokenOf(await ask("ai:read")).expires_in).toBe(300);
    expect(tokenOf(await ask("ai:write")).expires_in).toBe(600);
  });
});

test("without a scope a client gets the server's default scopes", async () => {
  await allow(org, server);
  await org.create(`${servers}/scopes`, { name: "ai:hello", default: true });
  expect(tokenOf(await ask()).scope).toBe("ai:hello");
});

test("claims of the server are in the token when they are for its scopes and can be computed for a client", async () => {
  await allow(org, server);
  const claim = (name: string, value: string, more: object = {}) =>
    org.create(`${servers}/claims`, { name, value, claimType: "RESOURCE", valueType: "EXPRESSION", ...more });
  await claim("team", '"ai"');
  await claim("app", "app.clientId");
  await claim("kind", '(user == null) ? "machine" : "person"');
  await claim("mail", "user.email");
  await claim("writer", "true", { conditions: { scopes: ["ai:write"] } });
  await claim("off", '"off"', { status: "INACTIVE" });
  await claim("deep", `${"(".repeat(50_000)}"x"${")".repeat(50_000)}`);
  await claim("who", '"id token only"', { claimType: "IDENTITY" });
  const { payload } = await verified(org, server, tokenOf(await ask("ai:read")).access_token);
  expect(payload).toMatchObject({ team: "ai", app: client.id, kind: "machine" });
  expect(Object.keys(payload)).toHaveLength(9 + 3);
  const writing = await verified(org, server, tokenOf(await ask("ai:write")).access_token);
  expect(writing.payload).toMatchObject({ writer: true });
});

test("a token outlives one rotation of its server's keys; new tokens are signed by the key that came next", async () => {
  await allow(org, server);
  const before = tokenOf(await ask("ai:read")).access_token;
  const rotate = () =>
    org.send("POST", `${servers}/credentials/lifecycle/keyRotate`, { body: { use: "sig" } });
  const statuses = (await rotate()).body;
  expect(statuses).toMatchObject([{ status: "ACTIVE" }, { status: "NEXT" }, { status: "EXPIRED" }]);
  const after = tokenOf(await ask("ai:read")).access_token;
  expect(decodeProtectedHeader(after).kid).not.toBe(decodeProtectedHeader(before).kid);
  await expect(verified(org, server, before)).resolves.toBeDefined();
  await expect(verified(org, server, after)).resolves.toBeDefined();
  await rotate();
  await expect(verified(org, server, before)).rejects.toThrow("no applicable key");
});

describe("introspection", () => {
  test("shows what is in a valid token, under the names of RFC 7662", async () => {
    await allow(org, server);
    const { access_token } = tokenOf(await ask("ai:read"));
    const seconds = Math.floor(now / 1000);
    expect(await about(access_token)).toMatchObject({ status: 200 });
    expect((await about(access_token)).body).toEqual({
      active: true,
      token_type: "Bearer",
      scope: "ai:read",
      client_id: client.id,
      exp: seconds + 3600,
      iat: seconds,
      sub: client.id,
      aud: "https://ai.example.com",
      iss: `${org.tenant.origin}/oauth2/${server}`,
      jti: expect.stringMatching(/^AT\./),
    });
  });

  test("says no more than that it is not active of a token that is expired, foreign, changed or no token", async () => {
    await allow(org, server);
    const { access_token: token } = tokenOf(await ask("ai:read"));
    const elsewhere = await post(org, endpoint("default", "introspect"), { ...withSecret(client), token });
    expect(elsewhere).toMatchObject({ status: 200, body: { active: false } });
    for (const wrong of ["no token", `${token.slice(0, -4)}AAAA`]) {
      expect((await about(wrong)).body).toEqual({ active: false });
    }
    now += 3_600_000;
    expect((await about(token)).body).toEqual({ active: false });
  });

  test("asks for the client's credentials and for a token", async () => {
    const anonymous = await post(org, endpoint(server, "introspect"), { token: "x" });
    expect(refusalOf(anonymous)).toBe("401 invalid_client: No client credentials found.");
    expect(refusalOf(await about(""))).toBe("400 invalid_request: The 'token' parameter is required.");
  });
});

describe("a token ends", () => {
  test("when its own client revokes it, and not when another one does", async () => {
    await allow(org, server);
    const other = await addClient(org);
    const { access_token: token } = tokenOf(await ask("ai:read"));
    const revoke = (of: Client, what: string) =>
      post(org, endpoint(server, "revoke"), { client_id: of.id, client_secret: of.secret, token: what });
    expect(await revoke(other, token)).toMatchObject({ status: 200, body: undefined });
    expect((await about(token)).body).toMatchObject({ active: true });
    expect(await revoke(client, token)).toMatchObject({ status: 200, body: undefined });
    expect((await about(token)).body).toEqual({ active: false });
    expect(await revoke(client, "no token")).toMatchObject({ status: 200, body: undefined });
  });

  test("for good when its client is deactivated", async () => {
    await allow(org, server);
    const asker = await addClient(org);
    const { access_token: token } = tokenOf(await ask("ai:read"));
    await org.send("POST", `/api/v1/apps/${client.id}/lifecycle/deactivate`);
    expect((await about(token, asker)).body).toEqual({ active: false });
    expect(await ask("ai:read")).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    await org.send("POST", `/api/v1/apps/${client.id}/lifecycle/activate`);
    now += 1000;
    expect((await about(token, asker)).body).toEqual({ active: false });
    expect((await about(tokenOf(await ask("ai:read")).access_token)).body).toMatchObject({ active: true });
  });
});

test("both discovery documents of a server name what it serves and the scopes that it publishes", async () => {
  await org.create(`${servers}/scopes`, { name: "ai:public", metadataPublish: "ALL_CLIENTS" });
  for (const document of ["oauth-authorization-server", "openid-configuration"]) {
    const base = `${org.tenant.origin}/oauth2/${server}`;
    const answer = await org.send("GET", `/oauth2/${server}/.well-known/${document}`, {
      authorization: null,
    });
    expect(answer).toMatchObject({
      status: 200,
      body: {
        issuer: base,
        token_endpoint: `${base}/v1/token`,
        introspection_endpoint: `${base}/v1/introspect`,
        revocation_endpoint: `${base}/v1/revoke`,
        jwks_uri: `${base}/v1/keys`,
        scopes_supported: expect.arrayContaining(["openid", "ai:public"]),
      },
    });
    expect(JSON.stringify(answer.body)).not.toContain("ai:read");
  }
});
