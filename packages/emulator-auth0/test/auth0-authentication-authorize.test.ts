/** Claim: /authorize answers what a request asks for or refuses it in Auth0's words, and sends nobody astray. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  ADA,
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
let staged: ReturnType<TestTenant["tenant"]["snapshot"]>;
let now = 1_800_000_000_000;

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

const STATE = "the application's state";

const patchClient = (changes: object) => target.expectOk("PATCH", `/clients/${on.clientId}`, changes);

async function refusal(parameters: Record<string, string>): Promise<Record<string, string>> {
  return callbackParameters(await new Browser(target).get(authorizePath(on, parameters)));
}

describe("a request that goes nowhere", () => {
  test.each([
    ["an unknown application", { client_id: "nobody" }, 400, "Unknown client: nobody"],
    ["no application", { client_id: "" }, 400, "Missing required parameter: client_id"],
    ["another's callback", { redirect_uri: "https://evil.example/callback" }, 403, "Callback URL mismatch."],
    [
      "a callback with more than was allowed",
      { redirect_uri: `${CALLBACK}/more` },
      403,
      "Callback URL mismatch.",
    ],
    ["a callback that is a script", { redirect_uri: "javascript:alert(1)" }, 403, "Callback URL mismatch."],
  ])("is told to the person: %s", async (_name, parameters, status, text) => {
    const answer = await new Browser(target).get(authorizePath(on, parameters));
    expect(answer.status).toBe(status);
    expect(answer.location).toBe("");
    expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(answer.text).toContain(text);
  });

  test("is written as text, whatever it holds", async () => {
    const answer = await new Browser(target).get(
      authorizePath(on, { client_id: "<script>alert(1)</script>" }),
    );
    expect(answer.text).toContain("Unknown client: &lt;script&gt;");
    expect(answer.text).not.toContain("<script>");
  });
});

describe("a request that is refused goes back to the application", () => {
  test.each<[string, Record<string, string>, string, string]>([
    [
      "without a response type",
      { response_type: "" },
      "invalid_request",
      "Missing required parameter: response_type",
    ],
    [
      "for a token in the browser",
      { response_type: "token" },
      "unsupported_response_type",
      "Unsupported response type: token",
    ],
    ["in an unknown mode", { response_mode: "smoke" }, "invalid_request", "Unsupported response mode: smoke"],
    [
      "for an unknown API",
      { audience: "https://none.example" },
      "access_denied",
      "Service not found: https://none.example",
    ],
    [
      "with a plain challenge",
      { code_challenge: "abc", code_challenge_method: "plain" },
      "invalid_request",
      "Unsupported code_challenge_method: plain",
    ],
    [
      "for an organization that does not exist",
      { organization: "org_none" },
      "invalid_request",
      "parameter organization is invalid: org_none",
    ],
    [
      "for an organization by name, while the tenant allows ids alone",
      { organization: "my-awesome-company" },
      "invalid_request",
      "authorization request parameter organization must be an organization id",
    ],
    [
      "without an organization, where the application needs one",
      { organization: "" },
      "invalid_request",
      "parameter organization is required for this client",
    ],
    ["for an unknown connection", { connection: "none" }, "invalid_request", "the connection was not found"],
    ["that must not show a page and would have to", { prompt: "none" }, "login_required", "Login required"],
  ])("%s", async (_name, parameters, error, description) => {
    expect(await refusal(parameters)).toEqual({ error, error_description: description, state: STATE });
  });

  test("for an organization, where the application may not have one", async () => {
    await patchClient({ organization_usage: "deny" });
    expect(await refusal({})).toMatchObject({
      error: "invalid_request",
      error_description: "parameter organization is not allowed for this client",
    });
  });

  test("of an application without the grant, or of somebody else's", async () => {
    await patchClient({ grant_types: ["refresh_token"] });
    expect(await refusal({})).toMatchObject({
      error: "unauthorized_client",
      error_description: "Grant type 'authorization_code' not allowed for the client.",
    });
    await patchClient({
      grant_types: ["authorization_code"],
      organization_usage: "allow",
      is_first_party: false,
    });
    expect(await refusal({})).toMatchObject({ error: "consent_required" });
  });

  test("for an API that is closed to people, or to this application", async () => {
    const identifier = "https://closed.example";
    const api = await target.expectOk("POST", "/resource-servers", {
      identifier,
      scopes: [{ value: "see" }, { value: "touch" }],
      subject_type_authorization: { user: { policy: "require_client_grant" } },
    });
    const description = `Client "${on.clientId}" is not authorized to access resource server "${identifier}".`;
    expect(await refusal({ audience: identifier })).toMatchObject({ error_description: description });
    const grant = { client_id: on.clientId, audience: identifier, scope: ["see"], subject_type: "user" };
    await target.expectOk("POST", "/client-grants", grant);
    const path = authorizePath(on, { audience: identifier, scope: "see touch" });
    const { code = "" } = await signIn(target, path, "ada@example.com");
    const { body } = await tokenRequest(target, exchange(code));
    expect(opened(body.access_token).claims.scope).toBe("see");
    await target.expectOk("PATCH", `/resource-servers/${String(api.id)}`, {
      subject_type_authorization: { user: { policy: "deny_all" } },
    });
    expect(await refusal({ audience: identifier })).toMatchObject({ error_description: description });
  });
});

function exchange(code: string): Record<string, string> {
  return {
    grant_type: "authorization_code",
    client_id: on.clientId,
    client_secret: on.clientSecret,
    redirect_uri: CALLBACK,
    code,
  };
}

describe("the answer", () => {
  test("carries the code and the state, in the query by default", async () => {
    const back = await signIn(target, authorizePath(on), "ada@example.com");
    expect(Object.keys(back)).toEqual(["code", "state"]);
    expect(back.state).toBe(STATE);
  });

  test("comes in the fragment where asked for", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    const answer = await browser.get(authorizePath(on, { response_mode: "fragment" }));
    expect(answer.location).toMatch(
      /^http:\/\/localhost:3000\/callback#code=[\w-]+&state=the%20application%27s%20state$/,
    );
  });

  test("comes as a form that sends itself where asked for", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    const { status, text, headers } = await browser.get(authorizePath(on, { response_mode: "form_post" }));
    expect(status).toBe(200);
    expect(text).toContain(`<form method="post" action="${CALLBACK}">`);
    expect(text).toMatch(/<input type="hidden" name="code" value="[\w-]+">/);
    expect(text).toContain('<input type="hidden" name="state" value="the application&#39;s state">');
    const [, nonce = ""] = /<script nonce="([^"]+)"/.exec(text) ?? [];
    expect(headers["content-security-policy"]).toContain(`script-src 'nonce-${nonce}'`);
  });

  test("goes to the first callback where the request names none, and then the token request need not either", async () => {
    const { code = "" } = await signIn(target, authorizePath(on, { redirect_uri: "" }), "ada@example.com");
    const named = Object.entries(exchange(code)).filter(([name]) => name !== "redirect_uri");
    expect((await tokenRequest(target, Object.fromEntries(named))).status).toBe(200);
  });

  test("goes to callbacks with a placeholder, as far as it reaches", async () => {
    await patchClient({
      callbacks: [
        "https://*.example.com/in",
        "https://{organization_name}.example.net/in",
        "https://*.com/in",
      ],
    });
    const status = async (redirectUri: string) =>
      (await new Browser(target).get(authorizePath(on, { redirect_uri: redirectUri }))).status;
    expect(await status("https://one.example.com/in")).toBe(302);
    expect(await status("https://one.two.example.com/in")).toBe(403);
    expect(await status("https://evil.test/.example.com/in")).toBe(403);
    expect(await status("https://my-awesome-company.example.net/in")).toBe(302);
    expect(await status("https://other.example.net/in")).toBe(403);
    expect(await status("https://anything.com/in")).toBe(403);
  });
});

describe("a session", () => {
  test("makes the login page needless, also where no page may be shown", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    expect(callbackParameters(await browser.get(authorizePath(on)))).toHaveProperty("code");
    const silent = callbackParameters(await browser.get(authorizePath(on, { prompt: "none" })));
    const { body } = await tokenRequest(target, exchange(silent.code ?? ""));
    expect(opened(body.access_token).claims).toMatchObject({ sub: ADA, org_id: on.organizationId });
  });

  test("does not do where the person has to sign in anew, or did so too long ago", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    now += 61_000;
    const page = await browser.get(authorizePath(on, { prompt: "login" }));
    expect(page.location).toMatch(/^\/u\/login\?state=/);
    expect((await browser.get(authorizePath(on, { max_age: "60" }))).location).toMatch(/^\/u\/login/);
    expect((await browser.get(authorizePath(on, { max_age: "120" }))).location).toContain("code=");
    const again = await browser.submit(await browser.follow(page), {
      username: "ada@example.com",
      password: "Local-twin-1",
    });
    expect(callbackParameters(again)).toHaveProperty("code");
  });

  test("ends when it is old, and when it was not used for long", async () => {
    const browser = new Browser(target);
    const silent = async () => callbackParameters(await browser.get(authorizePath(on, { prompt: "none" })));
    await target.expectOk("PATCH", "/tenants/settings", { session_lifetime: 10, idle_session_lifetime: 4 });
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    for (const hours of [3, 3, 3]) {
      now += hours * 3_600_000;
      expect(await silent()).toHaveProperty("code");
    }
    now += 2 * 3_600_000;
    expect(await silent()).toMatchObject({ error: "login_required" });
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    now += 5 * 3_600_000;
    expect(await silent()).toMatchObject({ error: "login_required" });
  });

  test("is nothing that somebody can make up", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    const [name, value] = [...browser.cookies].find(([cookie]) => cookie.endsWith("-session")) ?? ["", ""];
    const forger = new Browser(target);
    forger.cookies.set(name, `${decodeURIComponent(value).split(".")[0] ?? ""}.forged`);
    const answer = await forger.get(authorizePath(on, { prompt: "none" }));
    expect(callbackParameters(answer)).toMatchObject({ error: "login_required" });
  });

  test("is kept in a cookie that scripts and other sites cannot use", async () => {
    const browser = new Browser(target);
    await signIn(target, authorizePath(on), "ada@example.com", browser);
    expect(browser.setCookies).toHaveLength(2);
    const port = String(target.tenant.port);
    expect(browser.setCookies[1]).toMatch(
      new RegExp(
        `^__Host-auth0-${port}-session=[^;]+; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax$`,
      ),
    );
    await target.expectOk("PATCH", "/tenants/settings", { session_cookie: { mode: "non-persistent" } });
    await signIn(target, authorizePath(on, { prompt: "login" }), "ada@example.com", browser);
    expect(browser.setCookies.at(-1)).not.toContain("Max-Age");
  });
});
