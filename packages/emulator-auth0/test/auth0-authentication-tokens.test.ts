/** Claim: the tokens of somebody who signed in say what Auth0's say, and allow no more than the person may do. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { z } from "zod";
import { record, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import { ADA, AUDIENCE, GRACE, opened, stage, tokensFor } from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;
let staged: ReturnType<TestTenant["tenant"]["snapshot"]>;
const now = 1_800_000_000_000;

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
  on = await stage(target);
  staged = target.tenant.snapshot();
});
beforeEach(() => {
  target.tenant.restore(staged);
});
afterAll(async () => {
  await target.close();
});

const patchClient = (changes: object) => target.expectOk("PATCH", `/clients/${on.clientId}`, changes);
const patchApi = (changes: object) =>
  target.expectOk("PATCH", `/resource-servers/${encodeURIComponent(AUDIENCE)}`, changes);

describe("the access token of a member", () => {
  test("names the organization, the application, the API and what the member's roles allow", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com");
    const { origin } = target.tenant;
    expect(opened(tokens.access_token)).toEqual({
      header: { alg: "RS256", typ: "JWT", kid: expect.any(String) },
      claims: {
        iss: `${origin}/`,
        sub: ADA,
        aud: [AUDIENCE, `${origin}/userinfo`],
        iat: now / 1000,
        exp: now / 1000 + 86_400,
        azp: on.clientId,
        scope: "openid profile email ai:read ai:write",
        org_id: on.organizationId,
        permissions: ["ai:read", "ai:write"],
      },
    });
    expect(tokens).toMatchObject({
      token_type: "Bearer",
      expires_in: 86_400,
      scope: "openid profile email ai:read ai:write",
    });
    expect(tokens).not.toHaveProperty("refresh_token");
  });

  test("verifies against the published keys", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com");
    const { body } = await target.call("GET", "/.well-known/jwks.json", undefined, { authorization: null });
    const keys = z.array(z.looseObject({ kty: z.string() })).parse(record(body).keys);
    const options = { audience: AUDIENCE, currentDate: new Date(now) };
    const { payload } = await jwtVerify(String(tokens.access_token), createLocalJWKSet({ keys }), options);
    expect(payload.sub).toBe(ADA);
  });

  test("of a reader leaves out the scope that the reader asked for and may not have", async () => {
    const { access_token: token, scope } = await tokensFor(target, on, "grace@example.com");
    expect(opened(token).claims).toMatchObject({
      permissions: ["ai:read"],
      scope: "openid profile email ai:read",
    });
    expect(scope).toBe("openid profile email ai:read");
  });

  test("counts permissions given directly, and not roles that the person has outside the organization", async () => {
    await target.expectOk("POST", `/users/${GRACE}/roles`, { roles: [on.editorRole] });
    const before = await tokensFor(target, on, "grace@example.com");
    expect(opened(before.access_token).claims.permissions).toEqual(["ai:read"]);
    await target.expectOk("POST", `/users/${GRACE}/permissions`, {
      permissions: [{ resource_server_identifier: AUDIENCE, permission_name: "ai:write" }],
    });
    const after = await tokensFor(target, on, "grace@example.com");
    expect(opened(after.access_token).claims.permissions).toEqual(["ai:read", "ai:write"]);
  });

  test("lists permissions only where the API enforces its policies in a dialect that says so", async () => {
    await patchApi({ token_dialect: "access_token" });
    const plain = opened((await tokensFor(target, on, "grace@example.com")).access_token).claims;
    expect(plain).not.toHaveProperty("permissions");
    expect(plain.scope).toBe("openid profile email ai:read");
    await patchApi({ enforce_policies: false, token_dialect: "access_token_authz" });
    const open = opened((await tokensFor(target, on, "grace@example.com")).access_token).claims;
    expect(open).not.toHaveProperty("permissions");
    expect(open.scope).toBe("openid profile email ai:read ai:write");
  });

  test("has no second audience without openid, and no scope that the API does not define", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com", { scope: "ai:read fly:kites" });
    expect(opened(tokens.access_token).claims).toMatchObject({ aud: AUDIENCE, scope: "ai:read" });
    expect(tokens).not.toHaveProperty("id_token");
  });

  test("follows RFC 9068 where the API's dialect does", async () => {
    await patchApi({ token_dialect: "rfc9068_profile_authz" });
    const { header, claims } = opened((await tokensFor(target, on, "ada@example.com")).access_token);
    expect(header.typ).toBe("at+jwt");
    expect(claims).toMatchObject({
      client_id: on.clientId,
      jti: expect.any(String),
      permissions: expect.anything(),
    });
    expect(claims).not.toHaveProperty("azp");
  });

  test("is signed as the API asks, with its secret where it has one", async () => {
    const secret = "a secret of more than sixteen characters";
    await patchApi({ signing_alg: "HS256", signing_secret: secret });
    const { access_token: token } = await tokensFor(target, on, "ada@example.com");
    const options = { algorithms: ["HS256"], currentDate: new Date(now) };
    const { payload } = await jwtVerify(String(token), Buffer.from(secret), options);
    expect(payload.sub).toBe(ADA);
  });

  test("names the organization by name too where the tenant allows names", async () => {
    await target.expectOk("PATCH", "/tenants/settings", {
      allow_organization_name_in_authentication_api: true,
    });
    const tokens = await tokensFor(target, on, "ada@example.com", { organization: "my-awesome-company" });
    const named = { org_id: on.organizationId, org_name: "my-awesome-company" };
    expect(opened(tokens.access_token).claims).toMatchObject(named);
    expect(opened(tokens.id_token).claims).toMatchObject(named);
  });
});

describe("the tokens of somebody without an organization", () => {
  test("say nothing of one, and allow what the person's own roles do", async () => {
    await patchClient({ organization_usage: "allow" });
    await target.expectOk("POST", `/users/${GRACE}/roles`, { roles: [on.editorRole] });
    const tokens = await tokensFor(target, on, "grace@example.com", { organization: "" });
    const { claims } = opened(tokens.access_token);
    expect(claims.permissions).toEqual(["ai:read", "ai:write"]);
    expect(claims).not.toHaveProperty("org_id");
    expect(opened(tokens.id_token).claims).not.toHaveProperty("org_id");
  });
});

describe("the ID token", () => {
  test("says who signed in, to whom, in which session, and to which organization", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com", { nonce: "once", max_age: "60" });
    expect(opened(tokens.id_token).claims).toEqual({
      iss: `${target.tenant.origin}/`,
      sub: ADA,
      aud: on.clientId,
      iat: now / 1000,
      exp: now / 1000 + 36_000,
      auth_time: now / 1000,
      nonce: "once",
      sid: expect.any(String),
      org_id: on.organizationId,
      nickname: "ada",
      name: "Ada Lovelace",
      given_name: "Ada",
      family_name: "Lovelace",
      picture: expect.stringContaining("gravatar"),
      updated_at: expect.any(String),
      email: "ada@example.com",
      email_verified: true,
    });
  });

  test("says of the person only what the scopes bring", async () => {
    const { id_token: token } = await tokensFor(target, on, "ada@example.com", { scope: "openid email" });
    expect(opened(token).claims).toMatchObject({ email: "ada@example.com" });
    expect(opened(token).claims).not.toHaveProperty("name");
  });

  test("is signed with the application's secret where it does not ask for RS256, as the vendor does it", async () => {
    const made = await target.expectOk("POST", "/clients", {
      name: "Says nothing of its ID tokens",
      callbacks: ["http://localhost:3000/callback"],
      grant_types: ["authorization_code"],
    });
    const other = { ...on, clientId: String(made.client_id), clientSecret: String(made.client_secret) };
    const clients = [{ client_id: other.clientId, status: true }];
    await target.expectOk("PATCH", `/connections/${on.connectionId}/clients`, clients);
    const { id_token: token } = await tokensFor(target, other, "ada@example.com", { organization: "" });
    expect(decodeProtectedHeader(String(token))).toEqual({ alg: "HS256", typ: "JWT" });
    const options = { audience: other.clientId, currentDate: new Date(now) };
    await jwtVerify(String(token), Buffer.from(other.clientSecret), options);
  });
});

describe("without an audience", () => {
  const userinfo = (token: unknown) =>
    target.call("GET", "/userinfo", undefined, { authorization: `Bearer ${String(token)}` });

  test("the access token is for /userinfo alone, and nobody can read it", async () => {
    const tokens = await tokensFor(target, on, "ada@example.com", { audience: "" });
    expect(String(tokens.access_token).split(".")).toHaveLength(5);
    expect(tokens.scope).toBe("openid profile email");
    const answer = await userinfo(tokens.access_token);
    expect(answer).toMatchObject({
      status: 200,
      body: { sub: ADA, name: "Ada Lovelace", email: "ada@example.com" },
    });
  });

  test("the tenant's default audience counts", async () => {
    await target.expectOk("PATCH", "/tenants/settings", { default_audience: AUDIENCE });
    const tokens = await tokensFor(target, on, "ada@example.com", { audience: "" });
    expect(opened(tokens.access_token).claims.aud).toContain(AUDIENCE);
  });
});

describe("GET /userinfo", () => {
  const read = (authorization: string | null) =>
    target.call("GET", "/userinfo", undefined, { authorization });

  test("answers a token of an API that was asked for with openid, by its scopes", async () => {
    const { access_token: token } = await tokensFor(target, on, "ada@example.com", { scope: "openid email" });
    const { status, body } = await read(`Bearer ${String(token)}`);
    expect(status).toBe(200);
    expect(body).toEqual({ sub: ADA, email: "ada@example.com", email_verified: true });
  });

  test.each([
    [
      "a token without openid",
      async () => (await tokensFor(target, on, "ada@example.com", { scope: "ai:read" })).access_token,
    ],
    ["an ID token", async () => (await tokensFor(target, on, "ada@example.com")).id_token],
    ["nonsense", () => Promise.resolve("nonsense")],
  ])("refuses %s", async (_name, token) => {
    const answer = await read(`Bearer ${String(await token())}`);
    expect(answer).toMatchObject({ status: 401, body: "Unauthorized" });
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Users", error="invalid_token"');
  });
});
