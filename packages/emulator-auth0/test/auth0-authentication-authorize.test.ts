/** Claim: /authorize answers what a request asks for or refuses it in Auth0's words, and sends nobody astray. */
import { describe, expect, test } from "@jest/globals";
import {
  ADA,
  Browser,
  CALLBACK,
  callbackParameters,
  opened,
  PASSWORD,
  without,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage();
const STATE = "the application's state";

describe("a request that goes nowhere", () => {
  const MISMATCH = "Callback URL mismatch.";

  test.each([
    ["an unknown application", { client_id: "nobody" }, 400, "Unknown client: nobody"],
    ["no application", { client_id: "" }, 400, "Missing required parameter: client_id"],
    ["another's callback", { redirect_uri: "https://evil.example/callback" }, 403, MISMATCH],
    ["a callback with more than was allowed", { redirect_uri: `${CALLBACK}/more` }, 403, MISMATCH],
    ["a callback that is a script", { redirect_uri: "javascript:alert(1)" }, 403, MISMATCH],
  ])("is shown to the person: %s", async (_name, parameters, status, text) => {
    const answer = await at.ask(parameters);
    expect(answer).toMatchObject({ status, location: "", text: expect.stringContaining(text) });
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  });

  test("is written as text, whatever it holds", async () => {
    const { text } = await at.ask({ client_id: "<script>alert(1)</script>" });
    expect(text).toContain("Unknown client: &lt;script&gt;");
    expect(text).not.toContain("<script>");
  });
});

describe("a request that is refused goes back to the application", () => {
  const UNSUPPORTED = "unsupported_response_type";
  const PLAIN = { code_challenge: "abc", code_challenge_method: "plain" };
  const NO_NAMES = "authorization request parameter organization must be an organization id";

  test.each<[string, Record<string, string>, string, string]>([
    ["no response type", { response_type: "" }, "", "Missing required parameter: response_type"],
    ["a token in the browser", { response_type: "token" }, UNSUPPORTED, "Unsupported response type: token"],
    ["an unknown mode", { response_mode: "smoke" }, "", "Unsupported response mode: smoke"],
    ["an unknown API", { audience: "https://a.test" }, "access_denied", "Service not found: https://a.test"],
    ["a plain challenge", PLAIN, "", "Unsupported code_challenge_method: plain"],
    ["no such organization", { organization: "org_no" }, "", "parameter organization is invalid: org_no"],
    ["a name, while the tenant allows ids alone", { organization: "my-awesome-company" }, "", NO_NAMES],
    [
      "none, where one is needed",
      { organization: "" },
      "",
      "parameter organization is required for this client",
    ],
    ["an unknown connection", { connection: "none" }, "", "the connection was not found"],
    ["no page, where one is needed", { prompt: "none" }, "login_required", "Login required"],
  ])("%s", async (_name, parameters, error, description) => {
    const refusal = { error: error === "" ? "invalid_request" : error, error_description: description };
    expect(await at.answer(parameters)).toEqual({ ...refusal, state: STATE });
  });

  test("for an organization, where the application may not have one", async () => {
    await at.patchClient({ organization_usage: "deny" });
    expect(await at.answer()).toMatchObject({
      error: "invalid_request",
      error_description: "parameter organization is not allowed for this client",
    });
  });

  test("of an application without the grant", async () => {
    await at.patchClient({ grant_types: ["refresh_token"] });
    expect(await at.answer()).toMatchObject({
      error: "unauthorized_client",
      error_description: "Grant type 'authorization_code' not allowed for the client.",
    });
  });

  test("for an API that is closed to people, or to this application", async () => {
    const { target, on } = at;
    const identifier = "https://closed.example";
    const policy = (name: string) => ({ subject_type_authorization: { user: { policy: name } } });
    const api = await target.expectOk("POST", "/resource-servers", {
      identifier,
      scopes: [{ value: "see" }, { value: "touch" }],
      ...policy("require_client_grant"),
    });
    const description = `Client "${on.clientId}" is not authorized to access resource server "${identifier}".`;
    expect(await at.answer({ audience: identifier })).toMatchObject({ error_description: description });
    const grant = { client_id: on.clientId, audience: identifier, scope: ["see"], subject_type: "user" };
    await target.expectOk("POST", "/client-grants", grant);
    const { access_token: token } = await at.tokens("ada@example.com", {
      audience: identifier,
      scope: "see touch",
    });
    expect(opened(token).claims.scope).toBe("see");
    await target.expectOk("PATCH", `/resource-servers/${String(api.id)}`, policy("deny_all"));
    expect(await at.answer({ audience: identifier })).toMatchObject({ error_description: description });
  });
});

describe("the answer", () => {
  test("carries the code and the state, in the query by default", async () => {
    expect(await at.signIn()).toEqual({ code: expect.any(String), state: STATE });
  });

  test("comes in the fragment where asked for", async () => {
    const { location } = await at.ask({ response_mode: "fragment" }, await at.signedIn());
    expect(location).toMatch(
      /^http:\/\/localhost:3000\/callback#code=[\w-]+&state=the%20application%27s%20state$/,
    );
  });

  test("comes as a form that sends itself where asked for", async () => {
    const page = await at.ask({ response_mode: "form_post" }, await at.signedIn());
    const { status, text, headers } = page;
    expect(status).toBe(200);
    expect(text).toContain(`<form method="post" action="${CALLBACK}">`);
    expect(text).toMatch(/<input type="hidden" name="code" value="[\w-]+">/);
    expect(text).toContain('<input type="hidden" name="state" value="the application&#39;s state">');
    const [, nonce = ""] = /<script nonce="([^"]+)"/.exec(text) ?? [];
    expect(headers["content-security-policy"]).toContain(`script-src 'nonce-${nonce}'`);
  });

  test("goes to the first callback where the request names none, and then the token request need not either", async () => {
    const { code } = await at.signIn("ada@example.com", { redirect_uri: "" });
    const request = without(at.codeRequest(code), "redirect_uri");
    expect((await at.token(request)).status).toBe(200);
  });

  test("goes to callbacks with a placeholder, as far as it reaches", async () => {
    const callbacks = ["https://*.example.com", "https://{organization_name}.example.net", "https://*.com"];
    await at.patchClient({ callbacks: callbacks.map((url) => `${url}/in`) });
    const status = async (host: string) => (await at.ask({ redirect_uri: `https://${host}/in` })).status;
    expect(await status("one.example.com")).toBe(302);
    expect(await status("one.two.example.com")).toBe(403);
    expect(await status("evil.test/.example.com")).toBe(403);
    expect(await status("my-awesome-company.example.net")).toBe(302);
    expect(await status("other.example.net")).toBe(403);
    expect(await status("anything.com")).toBe(403);
  });
});

describe("a session", () => {
  test("makes the login page needless, also where no page may be shown", async () => {
    const browser = await at.signedIn();
    expect(await at.answer({}, browser)).toHaveProperty("code");
    const { code } = await at.silent(browser);
    const { body } = await at.token(at.codeRequest(code));
    expect(opened(body.access_token).claims).toMatchObject({ sub: ADA, org_id: at.on.organizationId });
  });

  test("does not do where the person has to sign in again, or did so too long ago", async () => {
    const browser = await at.signedIn();
    at.now += 61_000;
    const page = await at.ask({ prompt: "login" }, browser);
    expect(page.location).toMatch(/^\/u\/login\?state=/);
    expect((await at.ask({ max_age: "60" }, browser)).location).toMatch(/^\/u\/login/);
    expect((await at.ask({ max_age: "120" }, browser)).location).toContain("code=");
    const credentials = { username: "ada@example.com", password: PASSWORD };
    const again = await browser.submit(await browser.follow(page), credentials);
    expect(callbackParameters(again)).toHaveProperty("code");
  });

  test("ends when it is old, and when it was not used for long", async () => {
    await at.patchSettings({ session_lifetime: 10, idle_session_lifetime: 4 });
    const browser = await at.signedIn();
    for (const hours of [3, 3, 3]) {
      at.now += hours * 3_600_000;
      expect(await at.silent(browser)).toHaveProperty("code");
    }
    at.now += 2 * 3_600_000;
    expect(await at.silent(browser)).toMatchObject({ error: "login_required" });
    await at.signIn("ada@example.com", {}, browser);
    at.now += 5 * 3_600_000;
    expect(await at.silent(browser)).toMatchObject({ error: "login_required" });
  });

  test("is nothing that somebody can make up", async () => {
    const { cookies } = await at.signedIn();
    const [name, value] = [...cookies].find(([cookie]) => cookie.endsWith("-session")) ?? ["", ""];
    const forger = new Browser(at.target);
    forger.cookies.set(name, `${decodeURIComponent(value).split(".")[0] ?? ""}.forged`);
    expect(await at.silent(forger)).toMatchObject({ error: "login_required" });
  });

  test("is kept in a cookie that scripts and other sites cannot use", async () => {
    const browser = await at.signedIn();
    expect(browser.setCookies).toHaveLength(2);
    const [, name, attributes] = /^([^=]+)=[^;]+; (.*)$/.exec(browser.setCookies[1] ?? "") ?? [];
    expect(name).toBe(`__Host-auth0-${String(at.target.tenant.port)}-session`);
    expect(attributes).toBe("Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax");
    await at.patchSettings({ session_cookie: { mode: "non-persistent" } });
    await at.signIn("ada@example.com", { prompt: "login" }, browser);
    expect(browser.setCookies.at(-1)).not.toContain("Max-Age");
  });
});
