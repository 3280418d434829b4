/** Claim: who signs in without naming an organization is asked for one before or after, as the application says. */
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
  PASSWORD,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer, Stage } from "@ai-api-access/testing/auth0-sign-in.ts";

let target: TestTenant;
let on: Stage;
let staged: ReturnType<TestTenant["tenant"]["snapshot"]>;

beforeAll(async () => {
  target = await startTestTenant();
  on = await stage(target);
  staged = target.tenant.snapshot();
});
beforeEach(() => {
  target.tenant.restore(staged);
});
afterAll(async () => {
  await target.close();
});

const application = (usage: string, behavior: string) =>
  target.expectOk("PATCH", `/clients/${on.clientId}`, {
    organization_usage: usage,
    organization_require_behavior: behavior,
  });

/** Another organization with the same connection. */
async function anotherOrganization(link: object = {}): Promise<string> {
  const { id } = await target.expectOk("POST", "/organizations", {
    name: "another",
    display_name: "Another One",
  });
  const path = `/organizations/${String(id)}/connections`;
  await target.expectOk("POST", path, { connection_id: on.connectionId, is_enabled: true, ...link });
  return String(id);
}

const open = async (browser: Browser): Promise<PageAnswer> =>
  browser.follow(await browser.get(authorizePath(on, { organization: "" })));

const logIn = (browser: Browser, page: PageAnswer, username: string): Promise<PageAnswer> =>
  browser.submit(page, { username, password: PASSWORD });

async function organizationOf(answer: PageAnswer): Promise<unknown> {
  const { code = "" } = callbackParameters(answer);
  const { body } = await tokenRequest(target, {
    grant_type: "authorization_code",
    client_id: on.clientId,
    client_secret: on.clientSecret,
    redirect_uri: CALLBACK,
    code,
  });
  return opened(body.access_token).claims.org_id;
}

describe("asked before login", () => {
  beforeEach(async () => {
    await application("require", "pre_login_prompt");
  });

  test("the person names the organization, sees its login page, and signs in to it", async () => {
    const browser = new Browser(target);
    const first = await open(browser);
    expect(first.text).toContain("Enter Organization");
    const login = await browser.submit(first, { organization: " My-Awesome-Company " });
    expect(login.text).toContain("Log in to <strong>My Awesome Company</strong>");
    expect(await organizationOf(await logIn(browser, login, "ada@example.com"))).toBe(on.organizationId);
  });

  test("a name that no organization has keeps the person on the page", async () => {
    const browser = new Browser(target);
    const page = await browser.submit(await open(browser), { organization: "nobody" });
    expect(page.status).toBe(400);
    expect(page.text).toContain("The organization you entered is invalid");
    expect(page.text).not.toContain("personal account");
  });

  test("whoever may do without one can say so", async () => {
    await application("allow", "pre_login_prompt");
    const browser = new Browser(target);
    const login = await browser.submit(await open(browser), { choice: "personal" });
    expect(login.text).not.toContain("My Awesome Company");
    expect(await organizationOf(await logIn(browser, login, "alan@example.com"))).toBeUndefined();
  });

  test("nobody who needs one can do without by sending the form", async () => {
    const browser = new Browser(target);
    const page = await browser.submit(await open(browser), { choice: "personal" });
    expect(page.status).toBe(400);
  });

  test("without a page there is no asking", async () => {
    const answer = await new Browser(target).get(authorizePath(on, { organization: "", prompt: "none" }));
    expect(callbackParameters(answer)).toMatchObject({
      error: "invalid_request",
      error_description: "parameter organization is required for this client",
    });
  });
});

describe("asked after login", () => {
  beforeEach(async () => {
    await application("require", "post_login_prompt");
  });

  test("a member of one organization is not asked at all", async () => {
    const browser = new Browser(target);
    const answer = await logIn(browser, await open(browser), "ada@example.com");
    expect(await organizationOf(answer)).toBe(on.organizationId);
  });

  test("a member of several chooses", async () => {
    const another = await anotherOrganization();
    await target.expectOk("POST", `/organizations/${another}/members`, { members: [ADA] });
    const browser = new Browser(target);
    const picker = await logIn(browser, await open(browser), "ada@example.com");
    expect(picker.text).toContain("Choose an Organization");
    expect(picker.text).toContain("Another One");
    expect(await organizationOf(await browser.submit(picker, { organization: another }))).toBe(another);
  });

  test("nobody gets into an organization by choosing what is not on the page", async () => {
    const [another, third] = [
      await anotherOrganization(),
      String((await target.expectOk("POST", "/organizations", { name: "third" })).id),
    ];
    await target.expectOk("POST", `/organizations/${another}/members`, { members: [ADA] });
    const browser = new Browser(target);
    const picker = await logIn(browser, await open(browser), "ada@example.com");
    expect((await browser.submit(picker, { organization: third })).status).toBe(400);
  });

  test("a member of none is sent back", async () => {
    const browser = new Browser(target);
    const answer = await logIn(browser, await open(browser), "alan@example.com");
    expect(callbackParameters(answer)).toMatchObject({
      error: "invalid_request",
      error_description:
        "client requires organization membership, but user does not belong to any organization",
    });
  });

  test("a member of none becomes one where exactly one organization takes in whoever signs in", async () => {
    const another = await anotherOrganization({ assign_membership_on_login: true });
    const browser = new Browser(target);
    const answer = await logIn(browser, await open(browser), "alan@example.com");
    expect(await organizationOf(answer)).toBe(another);
  });

  test("whoever may do without one is asked, and goes on alone where there is none", async () => {
    await application("allow", "post_login_prompt");
    const browser = new Browser(target);
    const picker = await logIn(browser, await open(browser), "ada@example.com");
    expect(picker.text).toContain("Continue with personal account");
    expect(await organizationOf(await browser.submit(picker, { choice: "personal" }))).toBeUndefined();
    const other = new Browser(target);
    const alone = await logIn(other, await open(other), "alan@example.com");
    expect(await organizationOf(alone)).toBeUndefined();
  });
});
