/** Claim: who signs in without naming an organization is asked for one before or after, as the application says. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { ADA, Browser, callbackParameters, opened, PASSWORD } from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage();
let browser: Browser;

beforeEach(() => {
  browser = new Browser(at.target);
});

const application = (usage: string, behavior: string) =>
  at.patchClient({ organization_usage: usage, organization_require_behavior: behavior });

/** Another organization with the same connection. */
async function anotherOrganization(link: object = {}): Promise<string> {
  const id = await at.newId("/organizations", { name: "another", display_name: "Another One" });
  const connection = { connection_id: at.on.connectionId, is_enabled: true, ...link };
  await at.target.expectOk("POST", `/organizations/${id}/connections`, connection);
  return id;
}

const open = (): Promise<PageAnswer> => at.page(browser, { organization: "" });
const logIn = (page: PageAnswer, username: string) => browser.submit(page, { username, password: PASSWORD });
const openAs = async (username: string) => logIn(await open(), username);

async function organizationOf(answer: PageAnswer): Promise<unknown> {
  const { body } = await at.token(at.codeRequest(callbackParameters(answer).code));
  return opened(body.access_token).claims.org_id;
}

describe("asked before login", () => {
  beforeEach(async () => {
    await application("require", "pre_login_prompt");
  });

  test("the person names the organization, sees its login page, and signs in to it", async () => {
    const first = await open();
    expect(first.text).toContain("Enter Organization");
    const login = await browser.submit(first, { organization: " My-Awesome-Company " });
    expect(login.text).toContain("Log in to <strong>My Awesome Company</strong>");
    expect(await organizationOf(await logIn(login, "ada@example.com"))).toBe(at.on.organizationId);
  });

  test("a name that no organization has keeps the person on the page", async () => {
    const { status, text } = await browser.submit(await open(), { organization: "nobody" });
    expect(status).toBe(400);
    expect(text).toContain("The organization you entered is invalid");
    expect(text).not.toContain("personal account");
  });

  test("whoever may do without one can say so", async () => {
    await application("allow", "pre_login_prompt");
    const login = await browser.submit(await open(), { choice: "personal" });
    expect(login.text).not.toContain("My Awesome Company");
    expect(await organizationOf(await logIn(login, "alan@example.com"))).toBeUndefined();
  });

  test("nobody who needs one can do without by sending the form", async () => {
    expect((await browser.submit(await open(), { choice: "personal" })).status).toBe(400);
  });

  test("without a page there is no asking", async () => {
    expect(await at.answer({ organization: "", prompt: "none" })).toMatchObject({
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
    expect(await organizationOf(await openAs("ada@example.com"))).toBe(at.on.organizationId);
  });

  test("a member of several chooses", async () => {
    const another = await anotherOrganization();
    await at.target.expectOk("POST", `/organizations/${another}/members`, { members: [ADA] });
    const picker = await openAs("ada@example.com");
    expect(picker.text).toContain("Choose an Organization");
    expect(picker.text).toContain("Another One");
    expect(await organizationOf(await browser.submit(picker, { organization: another }))).toBe(another);
  });

  test("nobody gets into an organization by choosing what is not on the page", async () => {
    const another = await anotherOrganization();
    const third = await at.newId("/organizations", { name: "third" });
    await at.target.expectOk("POST", `/organizations/${another}/members`, { members: [ADA] });
    const picker = await openAs("ada@example.com");
    expect((await browser.submit(picker, { organization: third })).status).toBe(400);
  });

  test("a member of none is sent back", async () => {
    const text = "client requires organization membership, but user does not belong to any organization";
    expect(callbackParameters(await openAs("alan@example.com"))).toMatchObject({
      error: "invalid_request",
      error_description: text,
    });
  });

  test("a member of none becomes one where exactly one organization takes in whoever signs in", async () => {
    const another = await anotherOrganization({ assign_membership_on_login: true });
    expect(await organizationOf(await openAs("alan@example.com"))).toBe(another);
  });

  test("whoever may do without one is asked, and goes on alone where there is none", async () => {
    await application("allow", "post_login_prompt");
    const picker = await openAs("ada@example.com");
    expect(picker.text).toContain("Continue with personal account");
    expect(await organizationOf(await browser.submit(picker, { choice: "personal" }))).toBeUndefined();
    browser = new Browser(at.target);
    expect(await organizationOf(await openAs("alan@example.com"))).toBeUndefined();
  });
});
