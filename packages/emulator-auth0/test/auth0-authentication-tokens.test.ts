/** Claim: the tokens of somebody who signed in say what Auth0's say, and allow no more than the person may do. */
import { describe, expect, test } from "@jest/globals";
import { createLocalJWKSet, decodeProtectedHeader, jwtVerify } from "jose";
import { z } from "zod";
import { ADA, AUDIENCE, CALLBACK, enableFor, GRACE, opened } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";
import { record } from "@ai-api-access/testing/auth0-tenant.ts";

const at = new SharedStage();
const SECONDS = at.now / 1000;
const currentDate = new Date(at.now);

/** The claims of an access token. */
async function claims(email?: string, more?: Record<string, string>): Promise<Record<string, unknown>> {
  return opened((await at.tokens(email, more)).access_token).claims;
}

const giveGraceRole = () =>
  at.target.expectOk("POST", `/users/${GRACE}/roles`, { roles: [at.on.editorRole] });

describe("the access token of a member", () => {
  test("names the organization, the application, the API and what the member's roles allow", async () => {
    const tokens = await at.tokens();
    const { origin } = at.target.tenant;
    expect(opened(tokens.access_token)).toEqual({
      header: { alg: "RS256", typ: "JWT", kid: expect.any(String) },
      claims: {
        iss: `${origin}/`,
        sub: ADA,
        aud: [AUDIENCE, `${origin}/userinfo`],
        iat: SECONDS,
        exp: SECONDS + 86_400,
        azp: at.on.clientId,
        scope: "openid profile email ai:read ai:write",
        org_id: at.on.organizationId,
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
    const tokens = await at.tokens();
    const { body } = await at.target.call("GET", "/.well-known/jwks.json", undefined, {
      authorization: null,
    });
    const keys = z.array(z.looseObject({ kty: z.string() })).parse(record(body).keys);
    const options = { audience: AUDIENCE, currentDate };
    const { payload } = await jwtVerify(String(tokens.access_token), createLocalJWKSet({ keys }), options);
    expect(payload.sub).toBe(ADA);
  });

  test("of a reader leaves out the scope that the reader asked for and may not have", async () => {
    const { access_token: token, scope } = await at.tokens("grace@example.com");
    expect(scope).toBe("openid profile email ai:read");
    expect(opened(token).claims).toMatchObject({ permissions: ["ai:read"], scope });
  });

  test("counts permissions given directly, and not roles that the person has outside the organization", async () => {
    await giveGraceRole();
    expect((await claims("grace@example.com")).permissions).toEqual(["ai:read"]);
    await at.target.expectOk("POST", `/users/${GRACE}/permissions`, {
      permissions: [{ resource_server_identifier: AUDIENCE, permission_name: "ai:write" }],
    });
    expect((await claims("grace@example.com")).permissions).toEqual(["ai:read", "ai:write"]);
  });

  test("lists permissions only where the API enforces its policies in a dialect that says so", async () => {
    await at.patchApi({ token_dialect: "access_token" });
    const plain = await claims("grace@example.com");
    expect(plain).not.toHaveProperty("permissions");
    expect(plain.scope).toBe("openid profile email ai:read");
    await at.patchApi({ enforce_policies: false, token_dialect: "access_token_authz" });
    const open = await claims("grace@example.com");
    expect(open).not.toHaveProperty("permissions");
    expect(open.scope).toBe("openid profile email ai:read ai:write");
  });

  test("has no second audience without openid, and no scope that the API does not define", async () => {
    const tokens = await at.tokens("ada@example.com", { scope: "ai:read fly:kites" });
    expect(opened(tokens.access_token).claims).toMatchObject({ aud: AUDIENCE, scope: "ai:read" });
    expect(tokens).not.toHaveProperty("id_token");
  });

  test("follows RFC 9068 where the API's dialect does", async () => {
    await at.patchApi({ token_dialect: "rfc9068_profile_authz" });
    const token = opened((await at.tokens()).access_token);
    expect(token.header.typ).toBe("at+jwt");
    const own = { client_id: at.on.clientId, jti: expect.any(String), permissions: expect.anything() };
    expect(token.claims).toMatchObject(own);
    expect(token.claims).not.toHaveProperty("azp");
  });

  test("is signed as the API asks, with its secret where it has one", async () => {
    const secret = "a secret of more than sixteen characters";
    await at.patchApi({ signing_alg: "HS256", signing_secret: secret });
    const { access_token: token } = await at.tokens();
    const options = { algorithms: ["HS256"], currentDate };
    const { payload } = await jwtVerify(String(token), Buffer.from(secret), options);
    expect(payload.sub).toBe(ADA);
  });

  test("names the organization by name too where the tenant allows names", async () => {
    await at.patchSettings({ allow_organization_name_in_authentication_api: true });
    const tokens = await at.tokens("ada@example.com", { organization: "my-awesome-company" });
    const named = { org_id: at.on.organizationId, org_name: "my-awesome-company" };
    expect(opened(tokens.access_token).claims).toMatchObject(named);
    expect(opened(tokens.id_token).claims).toMatchObject(named);
  });
});

describe("the tokens of somebody without an organization", () => {
  test("say nothing of one, and allow what the person's own roles do", async () => {
    await at.patchClient({ organization_usage: "allow" });
    await giveGraceRole();
    const tokens = await at.tokens("grace@example.com", { organization: "" });
    const access = opened(tokens.access_token).claims;
    expect(access.permissions).toEqual(["ai:read", "ai:write"]);
    expect(access).not.toHaveProperty("org_id");
    expect(opened(tokens.id_token).claims).not.toHaveProperty("org_id");
  });
});

describe("the ID token", () => {
  test("says who signed in, to which application, in which session, and to which organization", async () => {
    const tokens = await at.tokens("ada@example.com", { nonce: "once", max_age: "60" });
    expect(opened(tokens.id_token).claims).toEqual({
      iss: `${at.target.tenant.origin}/`,
      sub: ADA,
      aud: at.on.clientId,
      iat: SECONDS,
      exp: SECONDS + 36_000,
      auth_time: SECONDS,
      nonce: "once",
      sid: expect.any(String),
      org_id: at.on.organizationId,
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
    const { id_token: token } = await at.tokens("ada@example.com", { scope: "openid email" });
    expect(opened(token).claims).toMatchObject({ email: "ada@example.com" });
    expect(opened(token).claims).not.toHaveProperty("name");
  });

  test("is signed with the application's secret where it does not ask for RS256, as the vendor does it", async () => {
    const silent = { name: "Silent", callbacks: [CALLBACK], grant_types: ["authorization_code"] };
    const { client_id: clientId, client_secret: clientSecret } = await at.newClient(silent);
    await enableFor(at.target, at.on.connectionId, clientId);
    const other = { ...at.on, clientId, clientSecret };
    const { id_token: token } = await at.tokens("ada@example.com", { organization: "" }, other);
    expect(decodeProtectedHeader(String(token))).toEqual({ alg: "HS256", typ: "JWT" });
    const options = { audience: clientId, currentDate };
    await jwtVerify(String(token), Buffer.from(clientSecret), options);
  });
});

describe("/userinfo", () => {
  const read = (token: unknown) =>
    at.target.call("GET", "/userinfo", undefined, { authorization: `Bearer ${String(token)}` });

  test("is what the access token is for where no audience was named, and nobody else can read that", async () => {
    const tokens = await at.tokens("ada@example.com", { audience: "" });
    expect(String(tokens.access_token).split(".")).toHaveLength(5);
    expect(tokens.scope).toBe("openid profile email");
    const body = { sub: ADA, name: "Ada Lovelace", email: "ada@example.com" };
    expect(await read(tokens.access_token)).toMatchObject({ status: 200, body });
  });

  test("is not where the tenant has a default audience", async () => {
    await at.patchSettings({ default_audience: AUDIENCE });
    expect((await claims("ada@example.com", { audience: "" })).aud).toContain(AUDIENCE);
  });

  test("answers a token of an API that was asked for with openid, by its scopes", async () => {
    const { access_token: token } = await at.tokens("ada@example.com", { scope: "openid email" });
    const { status, body } = await read(token);
    expect(status).toBe(200);
    expect(body).toEqual({ sub: ADA, email: "ada@example.com", email_verified: true });
  });

  test.each([
    [
      "a token without openid",
      async () => (await at.tokens("ada@example.com", { scope: "ai:read" })).access_token,
    ],
    ["an ID token", async () => (await at.tokens()).id_token],
    ["nonsense", () => Promise.resolve("nonsense")],
  ])("refuses %s", async (_name, token) => {
    const answer = await read(await token());
    expect(answer).toMatchObject({ status: 401, body: "Unauthorized" });
    expect(answer.headers["www-authenticate"]).toBe('Bearer realm="Users", error="invalid_token"');
  });
});
