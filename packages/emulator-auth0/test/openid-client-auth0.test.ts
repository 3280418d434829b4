/** Claim: a certified OpenID Connect client finds everything it asks for at the local Auth0 tenant, and believes it. */
import { describe, expect, test } from "@jest/globals";
import * as client from "openid-client";
import { fetch as undiciFetch } from "undici";
import { ADA, AUDIENCE, Browser, CALLBACK, opened, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage({ allow_offline_access: true }, { clock: Date.now });

/** The client's requests, made with trust in the tenant's certificate. */
const trusting: client.CustomFetch = async (url, { body, ...options }) => {
  const answer = await undiciFetch(url, {
    method: options.method,
    headers: options.headers,
    redirect: options.redirect,
    dispatcher: at.target.dispatcher,
    ...(body instanceof URLSearchParams ? { body: body.toString() } : {}),
  });
  const empty = [101, 204, 205, 304].includes(answer.status);
  const headers = Object.fromEntries(answer.headers);
  return new Response(empty ? null : await answer.arrayBuffer(), { status: answer.status, headers });
};

/** The tenant as an application finds it; the stage's by default. */
function discover(
  { id = at.on.clientId, secret = at.on.clientSecret, ...metadata }: Record<string, string> = {},
  authentication?: client.ClientAuth,
): Promise<client.Configuration> {
  const issuer = new URL(at.target.tenant.origin);
  return client.discovery(issuer, id, { client_secret: secret, ...metadata }, authentication, {
    [client.customFetch]: trusting,
  });
}

/** What every authorization request of the tests says. */
const basics = () => ({ redirect_uri: CALLBACK, scope: "openid", organization: at.on.organizationId });

const pkce = async (verifier: string) => ({
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: "S256",
});

/** Sends a browser to the login page and back; gives the URL of the callback with what came along. */
async function logIn(url: URL, browser = new Browser(at.target)): Promise<URL> {
  const page = await browser.follow(await browser.get(url.pathname + url.search));
  const back = await browser.submit(page, { username: "ada@example.com", password: PASSWORD });
  return new URL(back.location);
}

describe("openid-client", () => {
  test("discovers the tenant", async () => {
    const metadata = (await discover()).serverMetadata();
    expect(metadata.issuer).toBe(`${at.target.tenant.origin}/`);
    expect(metadata.supportsPKCE()).toBe(true);
  });

  test("signs a member in with PKCE, state and nonce, reads who it is, refreshes, and logs out", async () => {
    const config = await discover();
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(config, {
      ...basics(),
      scope: "openid profile email offline_access ai:read ai:write",
      audience: AUDIENCE,
      ...(await pkce(verifier)),
      max_age: "600",
      state,
      nonce,
    });
    const browser = new Browser(at.target);
    const tokens = await client.authorizationCodeGrant(config, await logIn(url, browser), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
      maxAge: 600,
    });
    const org_id = at.on.organizationId;
    expect(tokens.claims()).toMatchObject({ sub: ADA, org_id, email: "ada@example.com" });
    const { claims } = opened(tokens.access_token);
    expect(claims).toMatchObject({ org_id, permissions: ["ai:read", "ai:write"] });

    const user = await client.fetchUserInfo(config, tokens.access_token, ADA);
    expect(user).toMatchObject({ sub: ADA, name: "Ada Lovelace" });

    const { refresh_token: refreshToken = "", id_token: idToken = "" } = tokens;
    const refreshed = await client.refreshTokenGrant(config, refreshToken);
    expect(refreshed.claims()?.sub).toBe(ADA);
    expect(opened(refreshed.access_token).claims.gty).toBe("refresh_token");
    await client.tokenRevocation(config, refreshToken);
    const revoked = client.refreshTokenGrant(config, refreshToken);
    await expect(revoked).rejects.toMatchObject({ error: "invalid_grant" });

    const home = "http://localhost:3000";
    const leaving = { id_token_hint: idToken, post_logout_redirect_uri: home };
    const end = client.buildEndSessionUrl(config, leaving);
    expect((await browser.get(end.pathname + end.search)).location).toBe(home);
  });

  test.each([
    ["in the body", client.ClientSecretPost],
    ["by HTTP Basic", client.ClientSecretBasic],
  ])("gets a machine's token with the secret %s", async (_name, method) => {
    const machine = { name: "Machine", app_type: "non_interactive" };
    const { client_id: id, client_secret: secret } = await at.newClient(machine);
    const grant = { client_id: id, audience: AUDIENCE, scope: ["ai:read"] };
    await at.target.expectOk("POST", "/client-grants", grant);
    const config = await discover({ id, secret }, method(secret));
    const tokens = await client.clientCredentialsGrant(config, { audience: AUDIENCE });
    const { claims } = opened(tokens.access_token);
    expect(claims).toMatchObject({ sub: `${id}@clients`, permissions: ["ai:read"] });
  });

  test("gets a token that is bound to its key, where the API offers it, and none without a proof where it asks for it", async () => {
    const machine = { name: "Machine with a key", app_type: "non_interactive" };
    const { client_id: id, client_secret: secret } = await at.newClient(machine);
    await at.target.expectOk("POST", "/client-grants", {
      client_id: id,
      audience: AUDIENCE,
      scope: ["ai:read"],
    });
    const api = `/resource-servers/${encodeURIComponent(AUDIENCE)}`;
    const proof_of_possession = { mechanism: "dpop", required: true, required_for: "all_clients" };
    await at.target.expectOk("PATCH", api, { proof_of_possession });
    const config = await discover({ id, secret }, client.ClientSecretPost(secret));
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    const ask = (options?: client.DPoPOptions) =>
      client.clientCredentialsGrant(config, { audience: AUDIENCE }, options);
    await expect(ask()).rejects.toMatchObject({ error: "invalid_dpop_proof" });
    const tokens = await ask({ DPoP });
    expect(tokens.token_type).toBe("dpop");
    expect(opened(tokens.access_token).claims.cnf).toEqual({ jkt: await DPoP.calculateThumbprint() });

    await at.target.expectOk("PATCH", api, {
      proof_of_possession: { ...proof_of_possession, required_for: "public_clients" },
    });
    expect((await ask()).token_type).toBe("bearer");
    await at.target.expectOk("PATCH", api, { proof_of_possession: null });
    expect(opened((await ask({ DPoP })).access_token).claims.cnf).toBeUndefined();
  });

  test("a public client names the nonce that it is asked for, and its tokens are of no use without its key", async () => {
    await at.patchClient({ token_endpoint_auth_method: "none" });
    const api = `/resource-servers/${encodeURIComponent(AUDIENCE)}`;
    const proof_of_possession = { mechanism: "dpop", required: true, required_for: "public_clients" };
    await at.target.expectOk("PATCH", api, { proof_of_possession });
    const config = await discover({}, client.None());
    const keyOf = async () => client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    const [DPoP, stolen] = [await keyOf(), await keyOf()];
    const verifier = client.randomPKCECodeVerifier();
    const scope = "openid offline_access ai:read";
    const asked = { ...basics(), audience: AUDIENCE, scope, ...(await pkce(verifier)) };
    const back = await logIn(client.buildAuthorizationUrl(config, asked));
    const checks = { pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
    expect(opened(tokens.access_token).claims.cnf).toEqual({ jkt: await DPoP.calculateThumbprint() });

    const info = (options?: client.DPoPOptions) =>
      client.fetchUserInfo(config, tokens.access_token, ADA, options);
    expect((await info({ DPoP })).sub).toBe(ADA);
    await expect(info({ DPoP: stolen })).rejects.toThrow();
    await expect(info()).rejects.toThrow();

    const { refresh_token: refreshToken = "" } = tokens;
    const refresh = (options?: client.DPoPOptions) =>
      client.refreshTokenGrant(config, refreshToken, undefined, options);
    await expect(refresh({ DPoP: stolen })).rejects.toMatchObject({ error: "invalid_grant" });
    await expect(refresh()).rejects.toMatchObject({ error: "invalid_grant" });
    expect((await refresh({ DPoP })).token_type).toBe("dpop");
  });

  test("pushes its request, and gets a token for /userinfo alone that is bound to its key", async () => {
    await at.patchSettings({ pushed_authorization_requests_supported: true });
    await at.patchClient({ require_pushed_authorization_requests: true });
    const config = await discover();
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair("ES256"));
    const verifier = client.randomPKCECodeVerifier();
    const asked = { ...basics(), ...(await pkce(verifier)) };
    const back = await logIn(await client.buildAuthorizationUrlWithPAR(config, asked));
    const checks = { pkceCodeVerifier: verifier, idTokenExpected: true };
    const { access_token: token } = await client.authorizationCodeGrant(config, back, checks, undefined, {
      DPoP,
    });
    expect((await client.fetchUserInfo(config, token, ADA, { DPoP })).sub).toBe(ADA);
    await expect(client.fetchUserInfo(config, token, ADA)).rejects.toThrow();
  });

  test("believes an ID token signed with the secret, where the application was made without asking for RS256", async () => {
    await at.patchClient({ jwt_configuration: { alg: "HS256" } });
    const config = await discover({ id_token_signed_response_alg: "HS256" });
    const verifier = client.randomPKCECodeVerifier();
    const asked = { ...basics(), ...(await pkce(verifier)) };
    const back = await logIn(client.buildAuthorizationUrl(config, asked));
    const checks = { pkceCodeVerifier: verifier, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, back, checks);
    expect(tokens.claims()?.sub).toBe(ADA);
  });

  test("gets a refusal in a way that it understands", async () => {
    const config = await discover();
    const state = client.randomState();
    const url = client.buildAuthorizationUrl(config, { ...basics(), prompt: "none", state });
    const { location } = await new Browser(at.target).get(url.pathname + url.search);
    const refused = client.authorizationCodeGrant(config, new URL(location), { expectedState: state });
    await expect(refused).rejects.toMatchObject({
      error: "login_required",
      error_description: "Login required",
    });
  });
});
