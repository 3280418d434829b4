/** Claim: people of the org sign in to the web applications that one of their groups may use, and to no other. */
import { createHash, randomBytes } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createLocalJWKSet, decodeJwt, jwtVerify } from "jose";
import { z } from "zod";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import type { Answer } from "@ai-api-access/testing/okta-tenant.ts";

const REDIRECT = "https://tenant.example.com/login/callback";
const PERSON = { username: "katherine@example.com", password: "Local-twin-1" };
const jwksSchema = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });
const tokensSchema = z.object({ access_token: z.string(), id_token: z.string(), scope: z.string() });

let now = Date.now();
const org = TestOrg.use({ clock: () => now });
let app = "";
let group = "";

beforeAll(async () => {
  app = await org.create("/api/v1/apps", {
    name: "oidc_client",
    label: "AI Console",
    signOnMode: "OPENID_CONNECT",
    credentials: {
      oauthClient: {
        token_endpoint_auth_method: "client_secret_post",
        client_secret: "a-secret-of-the-test",
        pkce_required: true,
      },
    },
    settings: {
      oauthClient: {
        application_type: "web",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [REDIRECT],
      },
    },
  });
  group = await org.create("/api/v1/groups", { profile: { name: "AI people" } });
  await org.send("PUT", `/api/v1/apps/${app}/groups/${group}`, { body: {} });
  await assign("PUT");
});

beforeEach(() => {
  now = Date.now();
});

async function assign(method: "PUT" | "DELETE"): Promise<void> {
  const [person = ""] = await org.ids("/api/v1/users?q=Katherine");
  await org.send(method, `/api/v1/groups/${group}/users/${person}`);
}

const verifier = randomBytes(32).toString("base64url");
const challenge = createHash("sha256").update(verifier).digest("base64url");

function authorize(more: Record<string, string> = {}): Promise<Answer> {
  const query = new URLSearchParams({
    client_id: app,
    redirect_uri: REDIRECT,
    response_type: "code",
    scope: "openid profile email offline_access",
    state: "the state",
    nonce: "the nonce",
    code_challenge: challenge,
    code_challenge_method: "S256",
    ...more,
  });
  return org.send("GET", `/oauth2/v1/authorize?${query.toString()}`, { authorization: null });
}

async function submit(form: Record<string, string> = PERSON): Promise<Answer> {
  const page = await authorize();
  const [, request = ""] = /name="request" value="([^"]+)"/.exec(String(page.body)) ?? [];
  return org.send("POST", "/login/sign-in", { authorization: null, form: { request, ...form } });
}

function parametersOf({ headers }: Answer): Record<string, string> {
  const [location = ""] = headers.location ?? [];
  expect(location.startsWith(REDIRECT)).toBe(true);
  return Object.fromEntries(new URL(location).searchParams);
}

function exchange(code = "", more: Record<string, string> = {}): Promise<Answer> {
  const client = { client_id: app, client_secret: "a-secret-of-the-test" };
  const form = {
    grant_type: "authorization_code",
    ...client,
    redirect_uri: REDIRECT,
    code,
    code_verifier: verifier,
  };
  return org.send("POST", "/oauth2/v1/token", { authorization: null, form: { ...form, ...more } });
}

test("somebody of an assigned group gets a code, tokens and what is known of them", async () => {
  const { code, state } = parametersOf(await submit());
  expect(state).toBe("the state");
  const answer = await exchange(code);
  const tokens = tokensSchema.parse(answer.body);
  expect(tokens.scope).toBe("openid profile email");
  const keys = jwksSchema.parse((await org.send("GET", "/oauth2/v1/keys")).body);
  const { payload } = await jwtVerify(tokens.id_token, createLocalJWKSet(keys), {
    issuer: org.tenant.origin,
    audience: app,
    currentDate: new Date(now),
  });
  expect(payload).toMatchObject({ nonce: "the nonce", email: PERSON.username, name: "Katherine Johnson" });
  expect(decodeJwt(tokens.access_token)).toMatchObject({ uid: payload.sub, sub: PERSON.username, cid: app });
  const userinfo = await org.send("GET", "/oauth2/v1/userinfo", {
    authorization: `Bearer ${tokens.access_token}`,
  });
  expect(userinfo.body).toMatchObject({ sub: payload.sub, email: PERSON.username, given_name: "Katherine" });
  expect(
    await org.send("GET", "/api/v1/users", { authorization: `Bearer ${tokens.access_token}` }),
  ).toMatchObject({
    status: 403,
  });
});

test("nobody else does: strangers to the group, wrong passwords, people who were deactivated", async () => {
  const wrong = await submit({ ...PERSON, password: "wrong" });
  expect([wrong.status, wrong.body]).toEqual([401, expect.stringContaining("Unable to sign in")]);
  const stranger = await submit({ ...PERSON, username: "dennis@example.com" });
  expect(parametersOf(stranger)).toEqual({
    state: "the state",
    error: "access_denied",
    error_description: "User is not assigned to the client application.",
  });
  await assign("DELETE");
  expect(parametersOf(await submit())).toMatchObject({ error: "access_denied" });
  await assign("PUT");
});

test("a user who was made with a password signs in with it", async () => {
  const profile = {
    firstName: "New",
    lastName: "Person",
    login: "new@example.com",
    email: "new@example.com",
  };
  const credentials = { password: { value: "Only-for-a-test-1" } };
  const id = await org.create("/api/v1/users", { profile, credentials });
  await org.send("PUT", `/api/v1/groups/${group}/users/${id}`);
  const form = { username: profile.login, password: "Only-for-a-test-1" };
  expect(parametersOf(await submit(form))).toHaveProperty("code");
  await org.send("POST", `/api/v1/users/${id}/lifecycle/deactivate`);
  expect((await submit(form)).status).toBe(401);
});

describe("a code", () => {
  test("is exchanged once, in time, by the client that asked, with its verifier", async () => {
    const invalid = { status: 400, body: { error: "invalid_grant" } };
    const { code } = parametersOf(await submit());
    expect((await exchange(code)).status).toBe(200);
    expect(await exchange(code)).toMatchObject(invalid);
    const another = parametersOf(await submit());
    expect(await exchange(another.code, { code_verifier: "another" })).toMatchObject(invalid);
    const elsewhere = parametersOf(await submit());
    expect(await exchange(elsewhere.code, { redirect_uri: "https://x.example" })).toMatchObject(invalid);
    const late = parametersOf(await submit());
    now += 61_000;
    expect(await exchange(late.code)).toMatchObject(invalid);
  });
});

describe("a request", () => {
  test("of an unknown client, or for another's address, leads nowhere", async () => {
    expect((await authorize({ client_id: "0oaNothing" })).status).toBe(400);
    const { status, headers } = await authorize({ redirect_uri: "https://evil.example.com/" });
    expect([status, headers.location]).toEqual([400, undefined]);
  });

  test.each([
    ["invalid_request", { code_challenge: "" }],
    ["invalid_request", { code_challenge_method: "plain" }],
    ["invalid_scope", { scope: "profile" }],
    ["unsupported_response_type", { response_type: "token" }],
    ["login_required", { prompt: "none" }],
  ])("is sent back with %s for %j", async (error, more) => {
    expect(parametersOf(await authorize(more))).toMatchObject({ error, state: "the state" });
  });
});
