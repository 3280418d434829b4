/** Claim: both ways out end the session, and send nobody where the application did not allow it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  authorizePath,
  Browser,
  CALLBACK,
  callbackParameters,
  opened,
  signIn,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;
let browser: Browser;
let idToken = "";
let sessionId = "";
let now = 1_800_000_000_000;

const HOME = "http://localhost:3000";

beforeAll(async () => {
  target = await startTestTenant({ clock: () => now });
  on = await stage(target);
});
beforeEach(async () => {
  browser = new Browser(target);
  const { code = "" } = await signIn(target, authorizePath(on), "ada@example.com", browser);
  const { body } = await tokenRequest(target, {
    grant_type: "authorization_code",
    client_id: on.clientId,
    client_secret: on.clientSecret,
    redirect_uri: CALLBACK,
    code,
  });
  idToken = String(body.id_token);
  sessionId = String(opened(idToken).claims.sid);
});
afterAll(async () => {
  await target.close();
});

async function isSignedIn(): Promise<boolean> {
  const answer = await browser.get(authorizePath(on, { prompt: "none" }));
  return "code" in callbackParameters(answer);
}

const leave = (path: string, parameters: Record<string, string> = {}) =>
  browser.get(`${path}?${new URLSearchParams(parameters).toString()}`);

describe("/v2/logout", () => {
  test("ends the session and goes where the application allows, whatever query comes with it", async () => {
    const answer = await leave("/v2/logout", { client_id: on.clientId, returnTo: `${HOME}?from=here` });
    expect(answer).toMatchObject({ status: 302, location: `${HOME}?from=here` });
    expect(await isSignedIn()).toBe(false);
  });

  test("goes to the application's first URL where none is named, and nowhere without an application", async () => {
    expect(await leave("/v2/logout", { client_id: on.clientId })).toMatchObject({
      status: 302,
      location: HOME,
    });
    expect(await leave("/v2/logout")).toMatchObject({ status: 200, text: "OK" });
  });

  test.each([
    ["another site", { returnTo: "https://evil.example" }],
    ["a site that begins alike", { returnTo: "http://localhost:3000.evil.example" }],
  ])("goes to no %s, and leaves the session", async (_name, parameters) => {
    const answer = await leave("/v2/logout", { client_id: on.clientId, ...parameters });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain("is not defined as a valid URL in &quot;Allowed Logout URLs&quot;.");
    expect(await isSignedIn()).toBe(true);
  });

  test("goes to the tenant's own URLs without an application, and not to an application's", async () => {
    expect((await leave("/v2/logout", { returnTo: HOME })).status).toBe(400);
    await target.expectOk("PATCH", "/tenants/settings", { allowed_logout_urls: ["https://portal.example"] });
    const answer = await leave("/v2/logout", { returnTo: "https://portal.example" });
    expect(answer).toMatchObject({ status: 302, location: "https://portal.example" });
  });

  test("knows no unknown application", async () => {
    expect((await leave("/v2/logout", { client_id: "nobody" })).text).toContain("Unknown client: nobody");
  });
});

describe("/oidc/logout", () => {
  test("ends the session that the ID token was for, expired or not, and brings the state back", async () => {
    now += 48 * 3_600_000;
    const answer = await leave("/oidc/logout", {
      id_token_hint: idToken,
      post_logout_redirect_uri: HOME,
      state: "a state",
    });
    expect(answer).toMatchObject({ status: 302, location: `${HOME}?state=a%20state` });
    expect(await isSignedIn()).toBe(false);
  });

  test("takes the session's id for it too", async () => {
    const answer = await leave("/oidc/logout", { client_id: on.clientId, logout_hint: sessionId });
    expect(answer).toMatchObject({ status: 302, location: HOME });
    expect(await isSignedIn()).toBe(false);
  });

  test("asks the person where it cannot know whose session it is, and believes only the page's own form", async () => {
    const page = await leave("/oidc/logout", { client_id: on.clientId, post_logout_redirect_uri: HOME });
    expect(page.text).toContain("Are you sure you want to log out from");
    expect(await isSignedIn()).toBe(true);
    const parameters = { client_id: on.clientId, post_logout_redirect_uri: HOME };
    expect((await browser.post("/oidc/logout", { ...parameters, confirm: "made up" })).status).toBe(200);
    expect(await isSignedIn()).toBe(true);
    const [, confirm = ""] = /name="confirm" value="([^"]+)"/.exec(page.text) ?? [];
    expect(await browser.post("/oidc/logout", { ...parameters, confirm })).toMatchObject({ location: HOME });
    expect(await isSignedIn()).toBe(false);
  });

  test.each([
    ["an ID token of somebody else's making", () => ({ id_token_hint: `${idToken.slice(0, -8)}AAAAAAAA` })],
    ["another application than the ID token's", () => ({ id_token_hint: idToken, client_id: "other" })],
    ["another session than the ID token's", () => ({ id_token_hint: idToken, logout_hint: "other" })],
    ["another site", () => ({ id_token_hint: idToken, post_logout_redirect_uri: "https://evil.example" })],
  ])("refuses %s, and leaves the session", async (_name, parameters) => {
    expect((await leave("/oidc/logout", parameters())).status).toBe(400);
    expect(await isSignedIn()).toBe(true);
  });

  test("leaves no ID token in the request log", async () => {
    target.tenant.clearRequests();
    await leave("/oidc/logout", { id_token_hint: idToken });
    expect(JSON.stringify(target.tenant.requests())).not.toContain(idToken);
  });
});
