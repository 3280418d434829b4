/** Claim: both ways out end the session, and send nobody where the application did not allow it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { Browser, opened } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const HOME = "http://localhost:3000";

const at = new SharedStage();
let browser: Browser;
let idToken = "";
let sessionId = "";

beforeEach(async () => {
  browser = new Browser(at.target);
  const { code } = await at.signIn("ada@example.com", {}, browser);
  const { body } = await at.token(at.codeRequest(code));
  idToken = String(body.id_token);
  sessionId = String(opened(idToken).claims.sid);
});

const isSignedIn = async () => "code" in (await at.silent(browser));

const leave = (path: string, parameters: Record<string, string> = {}) =>
  browser.get(`${path}?${new URLSearchParams(parameters).toString()}`);

/** With the application's id. */
const client = (more: Record<string, string> = {}) => ({ client_id: at.on.clientId, ...more });

describe("/v2/logout", () => {
  test("ends the session and goes where the application allows, whatever query comes with it", async () => {
    const answer = await leave("/v2/logout", client({ returnTo: `${HOME}?from=here` }));
    expect(answer).toMatchObject({ status: 302, location: `${HOME}?from=here` });
    expect(await isSignedIn()).toBe(false);
  });

  test("goes to the application's first URL where none is named, and nowhere without an application", async () => {
    expect(await leave("/v2/logout", client())).toMatchObject({ status: 302, location: HOME });
    expect(await leave("/v2/logout")).toMatchObject({ status: 200, text: "OK" });
  });

  test.each(["https://evil.example", "http://localhost:3000.evil.example"])(
    "does not go to another site, %s, and leaves the session",
    async (returnTo) => {
      const answer = await leave("/v2/logout", client({ returnTo }));
      expect(answer.status).toBe(400);
      expect(answer.text).toContain("is not defined as a valid URL in &quot;Allowed Logout URLs&quot;.");
      expect(await isSignedIn()).toBe(true);
    },
  );

  test("goes to the tenant's own URLs without an application, and not to an application's", async () => {
    expect((await leave("/v2/logout", { returnTo: HOME })).status).toBe(400);
    const location = "https://portal.example";
    await at.patchSettings({ allowed_logout_urls: [location] });
    expect(await leave("/v2/logout", { returnTo: location })).toMatchObject({ status: 302, location });
  });

  test("knows no unknown application", async () => {
    expect((await leave("/v2/logout", { client_id: "nobody" })).text).toContain("Unknown client: nobody");
  });
});

describe("/oidc/logout", () => {
  test("ends the session that the ID token was for, expired or not, and brings the state back", async () => {
    at.now += 48 * 3_600_000;
    const hint = { id_token_hint: idToken, post_logout_redirect_uri: HOME, state: "a state" };
    expect(await leave("/oidc/logout", hint)).toMatchObject({
      status: 302,
      location: `${HOME}?state=a%20state`,
    });
    expect(await isSignedIn()).toBe(false);
  });

  test("takes the session's id for it too", async () => {
    const answer = await leave("/oidc/logout", client({ logout_hint: sessionId }));
    expect(answer).toMatchObject({ status: 302, location: HOME });
    expect(await isSignedIn()).toBe(false);
  });

  test("asks the person where it cannot know whose session it is, and believes only the page's own form", async () => {
    const parameters = client({ post_logout_redirect_uri: HOME });
    const page = await leave("/oidc/logout", parameters);
    expect(page.text).toContain("Are you sure you want to log out from");
    expect(await isSignedIn()).toBe(true);
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
    at.target.tenant.clearRequests();
    await leave("/oidc/logout", { id_token_hint: idToken });
    expect(JSON.stringify(at.target.tenant.requests())).not.toContain(idToken);
  });
});
