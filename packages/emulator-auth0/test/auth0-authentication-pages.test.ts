/** Claim: the login and sign-up pages look like the organization, are safe, and can be used by everybody. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  authorizePath,
  Browser,
  callbackParameters,
  PASSWORD,
  stage,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer, Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

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

const link = () => `/organizations/${on.organizationId}/connections/${on.connectionId}`;

async function members(): Promise<unknown[]> {
  const { body } = await target.call("GET", `/api/v2/organizations/${on.organizationId}/members`);
  return records(body).map((member) => member.user_id);
}

async function loginPage(
  browser = new Browser(target),
  more: Record<string, string> = {},
): Promise<PageAnswer> {
  return browser.follow(await browser.get(authorizePath(on, more)));
}

async function tryToSignIn(
  username: string,
  password: string,
  browser = new Browser(target),
): Promise<PageAnswer> {
  return browser.submit(await loginPage(browser), { username, password });
}

describe("the page", () => {
  test("belongs to the browser that it was opened in, and its form to the page", async () => {
    const victim = new Browser(target);
    const page = await loginPage(victim);
    const credentials = { username: "ada@example.com", password: PASSWORD };
    const elsewhere = new Browser(target);
    expect(await elsewhere.submit(page, credentials)).toMatchObject({
      status: 400,
      text: expect.stringContaining("belongs to no sign-in"),
    });
    expect(await victim.submit(page, { ...credentials, form_token: "made up" })).toMatchObject({
      status: 403,
      text: expect.stringContaining("not sent from the tenant"),
    });
    expect(callbackParameters(await victim.submit(page, credentials))).toHaveProperty("code");
  });

  test("is gone after an hour, and after it was used", async () => {
    const browser = new Browser(target);
    const page = await loginPage(browser);
    const credentials = { username: "ada@example.com", password: PASSWORD };
    await browser.submit(page, credentials);
    expect((await browser.submit(page, credentials)).status).toBe(400);
    const late = await loginPage(browser, { prompt: "login" });
    now += 3_600_001;
    expect((await browser.submit(late, credentials)).status).toBe(400);
  });

  test("shows what the organization declared, as text, in colors that can be read", async () => {
    const organization = `/organizations/${on.organizationId}`;
    const first = await loginPage();
    expect(first.text).toContain("Log in to <strong>My Awesome Company</strong> to continue to AI Console.");
    expect(first.text).toContain('<img src="https://example.com/logo.png" alt=""');
    expect(first.text).toContain("--primary: #0000ff;");
    expect(first.text).toContain("--on-primary: #ffffff;");
    expect(first.text).toContain("--page: #ffffff;");
    await target.expectOk("PATCH", organization, {
      display_name: "<img src=x onerror=alert(1)>",
      branding: { colors: { primary: "#FD0", page_background: "#102030" } },
    });
    const { text } = await loginPage();
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("--primary: #ffdd00;");
    expect(text).toContain("--on-primary: #16191f;");
    expect(text).toContain("--on-page: #ffffff;");
    // Yellow cannot be read on the white card.
    expect(text).toContain("--link: #16191f;");
  });

  test("fills in the login that the application knows", async () => {
    const page = await loginPage(new Browser(target), { login_hint: 'grace"@example.com' });
    expect(page.text).toContain('value="grace&quot;@example.com"');
  });

  test("lets nothing in but its own style and the organization's logo", async () => {
    const { headers, text } = await loginPage();
    const [, nonce = ""] = /<style nonce="([^"]+)"/.exec(text) ?? [];
    expect(headers["content-security-policy"]).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; img-src data: https://example.com; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    expect(text).not.toContain("<script");
  });

  test("has a label for every field, and says what is wrong where it is wrong", async () => {
    const page = await tryToSignIn("ada@example.com", "wrong");
    for (const field of ["username", "password"]) expect(page.text).toContain(`<label for="${field}">`);
    expect(page.text).toContain('<p class="error" id="error" role="alert">');
    expect(page.text.match(/aria-describedby="error"/g)).toHaveLength(2);
  });

  test("leaves no password in the request log", async () => {
    target.tenant.clearRequests();
    await tryToSignIn("ada@example.com", "a wrong one");
    const log = JSON.stringify(target.tenant.requests());
    expect(log).toContain("/u/login");
    expect(log).not.toContain("a wrong one");
  });
});

describe("signing up", () => {
  const account = { email: "kay@example.com", password: "A-password-1" };

  async function signupPage(browser: Browser): Promise<PageAnswer> {
    return loginPage(browser, { screen_hint: "signup" });
  }

  test("is not offered unless the organization does", async () => {
    const browser = new Browser(target);
    const page = await signupPage(browser);
    expect(page.text).not.toContain("Sign up");
    const [, state = ""] = /\/u\/login\?state=([\w-]+)/.exec(page.text) ?? [];
    expect((await browser.get(`/u/signup?state=${state}`)).location).toBe(`/u/login?state=${state}`);
  });

  test("makes an account that is a member, and signs it in", async () => {
    await target.expectOk("PATCH", link(), { assign_membership_on_login: true, is_signup_enabled: true });
    expect((await loginPage()).text).toContain(">Sign up</a>");
    const browser = new Browser(target);
    const back = callbackParameters(await browser.submit(await signupPage(browser), account));
    expect(back).toHaveProperty("code");
    const { body } = await target.call("GET", "/api/v2/users-by-email?email=kay@example.com");
    expect(records(body)).toMatchObject([{ email_verified: false, logins_count: 1 }]);
    expect(await members()).toContain(records(body)[0]?.user_id);
    expect(callbackParameters(await tryToSignIn(account.email, account.password))).toHaveProperty("code");
  });

  test.each([
    ["a weak password", { password: "weak" }, "The password is too weak"],
    ["an address that is taken", { email: "Ada@example.com" }, "The user already exists."],
    ["no address", { email: "kay" }, "Please enter an email address"],
    ["no password", { password: "" }, "Password is required"],
  ])("stays on the page with %s", async (_name, change, text) => {
    await target.expectOk("PATCH", link(), { assign_membership_on_login: true, is_signup_enabled: true });
    const browser = new Browser(target);
    const page = await browser.submit(await signupPage(browser), { ...account, ...change });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining(text) });
    const { body } = await target.call("GET", "/api/v2/users-by-email?email=kay@example.com");
    expect(body).toEqual([]);
  });
});
