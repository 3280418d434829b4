/** Claim: a certified OpenID Connect client finds everything it asks for at the local Auth0 tenant, and believes it. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { fetch as undiciFetch } from "undici";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  ADA,
  AUDIENCE,
  Browser,
  CALLBACK,
  opened,
  PASSWORD,
  stage,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer, Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;

beforeAll(async () => {
  target = await startTestTenant();
  on = await stage(target, { api: { allow_offline_access: true } });
});
afterAll(async () => {
  await target.close();
});

/** The client's requests, made with trust in the tenant's certificate. */
const trusting: client.CustomFetch = async (url, { body, ...options }) => {
  const answer = await undiciFetch(url, {
    method: options.method,
    headers: options.headers,
    redirect: options.redirect,
    dispatcher: target.dispatcher,
    ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
  });
  const empty = [101, 204, 205, 304].includes(answer.status);
  const headers = Object.fromEntries(answer.headers);
  return new Response(empty ? null : await answer.arrayBuffer(), { status: answer.status, headers });
};

function discover(
  id: string,
  secret: string,
  authentication?: client.ClientAuth,
): Promise<client.Configuration> {
  const issuer = new URL(target.tenant.origin);
  return client.discovery(issuer, id, { client_secret: secret }, authentication, {
    [client.customFetch]: trusting,
  });
}

/** Sends a browser to the login page and back; gives the URL of the callback with what came along. */
async function logIn(url: URL, browser: Browser): Promise<PageAnswer> {
  const page = await browser.follow(await browser.get(url.pathname + url.search));
  return browser.submit(page, { username: "ada@example.com", password: PASSWORD });
}

describe("openid-client", () => {
  test("discovers the tenant", async () => {
    const metadata = (await discover(on.clientId, on.clientSecret)).serverMetadata();
    expect(metadata.issuer).toBe(`${target.tenant.origin}/`);
    expect(metadata.supportsPKCE()).toBe(true);
  });

  test("signs a member in with PKCE, state and nonce, reads who it is, refreshes, and logs out", async () => {
    const config = await discover(on.clientId, on.clientSecret);
    const [verifier, state, nonce] = [
      client.randomPKCECodeVerifier(),
      client.randomState(),
      client.randomNonce(),
    ];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: "openid profile email offline_access ai:read ai:write",
      audience: AUDIENCE,
      organization: on.organizationId,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      max_age: "600",
      state,
      nonce,
    });
    const browser = new Browser(target);
    const back = await logIn(url, browser);
    const tokens = await client.authorizationCodeGrant(config, new URL(back.location), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      maxAge: 600,
    });
    const claims = tokens.claims();
    expect(claims).toMatchObject({ sub: ADA, org_id: on.organizationId, email: "ada@example.com" });
    expect(opened(tokens.access_token).claims).toMatchObject({
      org_id: on.organizationId,
      permissions: ["ai:read", "ai:write"],
    });

    const user = await client.fetchUserInfo(config, tokens.access_token, ADA);
    expect(user).toMatchObject({ sub: ADA, name: "Ada Lovelace" });

    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.sub).toBe(ADA);
    expect(opened(refreshed.access_token).claims.gty).toBe("refresh_token");
    await client.tokenRevocation(config, tokens.refresh_token ?? "");
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? "")).rejects.toMatchObject({
      error: "invalid_grant",
    });

    const end = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? "",
      post_logout_redirect_uri: "http://localhost:3000",
    });
    const left = await browser.get(end.pathname + end.search);
    expect(left.location).toBe("http://localhost:3000");
  });

  test.each([
    ["in the body", client.ClientSecretPost],
    ["by HTTP Basic", client.ClientSecretBasic],
  ])("gets a machine's token with the secret %s", async (_name, method) => {
    const machine = await target.expectOk("POST", "/clients", {
      name: "Machine",
      app_type: "non_interactive",
    });
    const [id, secret] = [String(machine.client_id), String(machine.client_secret)];
    const grant = { client_id: id, audience: AUDIENCE, scope: ["ai:read"] };
    await target.expectOk("POST", "/client-grants", grant);
    const config = await discover(id, secret, method(secret));
    const tokens = await client.clientCredentialsGrant(config, { audience: AUDIENCE });
    expect(opened(tokens.access_token).claims).toMatchObject({
      sub: `${id}@clients`,
      permissions: ["ai:read"],
    });
  });

  test("believes an ID token signed with the secret, where the application was made without asking for RS256", async () => {
    await target.expectOk("PATCH", `/clients/${on.clientId}`, { jwt_configuration: { alg: "HS256" } });
    const issuer = new URL(target.tenant.origin);
    const metadata = { client_secret: on.clientSecret, id_token_signed_response_alg: "HS256" };
    const config = await client.discovery(issuer, on.clientId, metadata, undefined, {
      [client.customFetch]: trusting,
    });
    const verifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: "openid",
      organization: on.organizationId,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    const back = await logIn(url, new Browser(target));
    const checks = { pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, new URL(back.location), checks);
    expect(tokens.claims()?.sub).toBe(ADA);
  });

  test("is told of a refusal in a way that it understands", async () => {
    const config = await discover(on.clientId, on.clientSecret);
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: "openid",
      organization: on.organizationId,
      prompt: "none",
      state,
    });
    const { location } = await new Browser(target).get(url.pathname + url.search);
    const refused = client.authorizationCodeGrant(config, new URL(location), { expectedState: state });
    await expect(refused).rejects.toMatchObject({
      error: "login_required",
      error_description: "Login required",
    });
  });
});
