/** Claim: the login and sign-up pages look like the organization, are safe, and can be used by everybody. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { Browser, callbackParameters, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";
import { records } from "@ai-api-access/testing/auth0-tenant.ts";

const at = new SharedStage();
let browser: Browser;

beforeEach(() => {
  browser = new Browser(at.target);
});

describe("the page", () => {
  const credentials = { username: "ada@example.com", password: PASSWORD };

  test("belongs to the browser that it was opened in, and its form to the page", async () => {
    const page = await at.page(browser);
    expect(await new Browser(at.target).submit(page, credentials)).toMatchObject({
      status: 400,
      text: expect.stringContaining("belongs to no sign-in"),
    });
    expect(await browser.submit(page, { ...credentials, form_token: "made up" })).toMatchObject({
      status: 403,
      text: expect.stringContaining("not sent from the tenant"),
    });
    expect(callbackParameters(await browser.submit(page, credentials))).toHaveProperty("code");
  });

  test("is gone after an hour, and after it was used", async () => {
    const page = await at.page(browser);
    await browser.submit(page, credentials);
    expect((await browser.submit(page, credentials)).status).toBe(400);
    const late = await at.page(browser, { prompt: "login" });
    at.now += 3_600_001;
    expect((await browser.submit(late, credentials)).status).toBe(400);
  });

  test("shows what the organization declared, as text, in colors that can be read", async () => {
    const first = await at.page();
    expect(first.text).toContain("Log in to <strong>My Awesome Company</strong> to continue to AI Console.");
    expect(first.text).toContain('<img src="https://example.com/logo.png" alt=""');
    expect(first.text).toContain("--primary: #0000ff;");
    expect(first.text).toContain("--on-primary: #ffffff;");
    expect(first.text).toContain("--page: #ffffff;");
    await at.target.expectOk("PATCH", `/organizations/${at.on.organizationId}`, {
      display_name: "<img src=x onerror=alert(1)>",
      branding: { colors: { primary: "#FD0", page_background: "#102030" } },
    });
    const { text } = await at.page();
    expect(text).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("--primary: #ffdd00;");
    expect(text).toContain("--on-primary: #16191f;");
    expect(text).toContain("--on-page: #ffffff;");
    // Yellow cannot be read on the white card.
    expect(text).toContain("--link: #16191f;");
  });

  test("fills in the login that the application knows", async () => {
    const { text } = await at.page(browser, { login_hint: 'grace"@example.com' });
    expect(text).toContain('value="grace&quot;@example.com"');
  });

  test("lets nothing in but its own style and the organization's logo", async () => {
    const { headers, text } = await at.page();
    const [, nonce = ""] = /<style nonce="([^"]+)"/.exec(text) ?? [];
    expect(headers).toMatchObject({
      "content-security-policy": `default-src 'none'; style-src 'nonce-${nonce}'; img-src data: https://example.com; base-uri 'none'; frame-ancestors 'none'`,
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    });
    expect(text).not.toContain("<script");
  });

  test("has a label for every field, and says what is wrong where it is wrong", async () => {
    const { text } = await at.submitLogin("ada@example.com", "wrong");
    for (const field of ["username", "password"]) expect(text).toContain(`<label for="${field}">`);
    expect(text).toContain('<p class="error" id="error" role="alert">');
    expect(text.match(/aria-describedby="error"/g)).toHaveLength(2);
  });

  test("leaves no password in the request log", async () => {
    at.target.tenant.clearRequests();
    await at.submitLogin("ada@example.com", "a wrong one");
    const log = JSON.stringify(at.target.tenant.requests());
    expect(log).toContain("/u/login");
    expect(log).not.toContain("a wrong one");
  });
});

describe("signing up", () => {
  const account = { email: "kay@example.com", password: "A-password-1" };

  const signupPage = () => at.page(browser, { screen_hint: "signup" });
  const offerSignup = () =>
    at.target.expectOk("PATCH", at.link, { assign_membership_on_login: true, is_signup_enabled: true });
  const accounts = async () =>
    records((await at.target.call("GET", "/api/v2/users-by-email?email=kay@example.com")).body);

  test("is not offered unless the organization does", async () => {
    const page = await signupPage();
    expect(page.text).not.toContain("Sign up");
    const [, state = ""] = /\/u\/login\?state=([\w-]+)/.exec(page.text) ?? [];
    expect((await browser.get(`/u/signup?state=${state}`)).location).toBe(`/u/login?state=${state}`);
  });

  test("is offered outside an organization unless the connection's own sign-up is disabled", async () => {
    await at.patchClient({ organization_usage: "allow" });
    const page = async () => (await at.page(browser, { organization: "" })).text;
    expect(await page()).toContain(">Sign up</a>");
    await at.target.expectOk("PATCH", `/connections/${at.on.connectionId}`, {
      options: { disable_signup: true },
    });
    expect(await page()).not.toContain("Sign up");
  });

  test("makes an account that is a member, and signs it in", async () => {
    await offerSignup();
    expect((await at.page()).text).toContain(">Sign up</a>");
    const back = callbackParameters(await browser.submit(await signupPage(), account));
    expect(back).toHaveProperty("code");
    const [made] = await accounts();
    expect(made).toMatchObject({ email_verified: false, logins_count: 1 });
    expect(await at.members()).toContain(made?.user_id);
    const again = await at.submitLogin(account.email, account.password);
    expect(callbackParameters(again)).toHaveProperty("code");
  });

  test.each([
    ["a weak password", { password: "weak" }, "The password is too weak"],
    ["an address that is taken", { email: "Ada@example.com" }, "The user already exists."],
    ["no address", { email: "kay" }, "Please enter an email address"],
    ["no password", { password: "" }, "Password is required"],
  ])("stays on the page with %s", async (_name, change, text) => {
    await offerSignup();
    const page = await browser.submit(await signupPage(), { ...account, ...change });
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining(text) });
    expect(await accounts()).toEqual([]);
  });
});
