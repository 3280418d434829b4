/** Claim: the login page lets in whom the organization, the application and the connection let in, and nobody else. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  ADA,
  ALAN,
  authorizePath,
  Browser,
  callbackParameters,
  enableFor,
  PASSWORD,
  signIn,
  stage,
  tokensFor,
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

describe("membership", () => {
  test("is asked of everybody: a stranger is sent back, is no member after it, and is not signed in", async () => {
    const browser = new Browser(target);
    expect(await signIn(target, authorizePath(on), "alan@example.com", browser)).toEqual({
      error: "access_denied",
      error_description: `user ${ALAN} is not part of the ${on.organizationId} organization`,
      state: "the application's state",
    });
    expect(await members()).not.toContain(ALAN);
    const silent = await browser.get(authorizePath(on, { prompt: "none" }));
    expect(callbackParameters(silent)).toMatchObject({ error: "login_required" });
  });

  test("comes with signing in where the organization's connection says so, without any role", async () => {
    await target.expectOk("PATCH", link(), { assign_membership_on_login: true });
    const tokens = await tokensFor(target, on, "alan@example.com");
    expect(await members()).toContain(ALAN);
    expect(tokens.scope).toBe("openid profile email");
  });

  test("is asked of a session from elsewhere too", async () => {
    await target.expectOk("PATCH", `/clients/${on.clientId}`, { organization_usage: "allow" });
    const browser = new Browser(target);
    const outside = await signIn(
      target,
      authorizePath(on, { organization: "" }),
      "alan@example.com",
      browser,
    );
    expect(outside).toHaveProperty("code");
    expect(callbackParameters(await browser.get(authorizePath(on)))).toMatchObject({
      error: "access_denied",
    });
  });

  test("that ended ends the way in", async () => {
    const path = `/organizations/${on.organizationId}/members`;
    await target.expectOk("DELETE", path, { members: [ADA] });
    expect(await signIn(target, authorizePath(on), "ada@example.com")).toMatchObject({
      error: "access_denied",
    });
  });
});

describe("a connection", () => {
  const refused = async (more: Record<string, string> = {}) =>
    callbackParameters(await new Browser(target).get(authorizePath(on, more)));

  test("has to be enabled for the application", async () => {
    const clients = [{ client_id: on.clientId, status: false }];
    await target.expectOk("PATCH", `/connections/${on.connectionId}/clients`, clients);
    const error = { error: "invalid_request", error_description: "no connections enabled for the client" };
    expect(await refused()).toMatchObject(error);
  });

  test("has to be enabled for the organization", async () => {
    const error = {
      error: "invalid_request",
      error_description: "no connections enabled for the organization",
    };
    await target.expectOk("PATCH", link(), { is_enabled: false });
    expect(await refused()).toMatchObject(error);
    await target.expectOk("DELETE", link());
    expect(await refused()).toMatchObject(error);
  });

  test("lets in its own people alone, whatever their email address", async () => {
    const own = await target.expectOk("POST", "/connections", { name: "own-people", strategy: "auth0" });
    await enableFor(target, String(own.id), on.clientId);
    await target.expectOk("DELETE", link());
    const path = `/organizations/${on.organizationId}/connections`;
    await target.expectOk("POST", path, {
      connection_id: own.id,
      is_enabled: true,
      assign_membership_on_login: true,
    });
    expect((await tryToSignIn("ada@example.com", PASSWORD)).text).toContain("Wrong email or password");
    const person = { connection: "own-people", email: "kay@example.com", password: "A-password-1" };
    await target.expectOk("POST", "/users", person);
    expect(callbackParameters(await tryToSignIn("kay@example.com", "A-password-1"))).toHaveProperty("code");
    expect(await refused({ connection: "Username-Password-Authentication" })).toMatchObject({
      error_description: "the connection was not found",
    });
  });

  test("of an enterprise has a button unless it is hidden, and hidden it can be asked for by name", async () => {
    const corporate = await target.expectOk("POST", "/connections", {
      name: "corporate",
      strategy: "samlp",
      display_name: "Corporate SSO",
    });
    await enableFor(target, String(corporate.id), on.clientId);
    const path = `/organizations/${on.organizationId}/connections`;
    await target.expectOk("POST", path, { connection_id: corporate.id, is_enabled: true });
    const browser = new Browser(target);
    const page = await loginPage(browser);
    expect(page.text).toContain("Continue with Corporate SSO");
    const pressed = await browser.submit(page, { connection: "corporate" });
    expect(pressed).toMatchObject({
      status: 501,
      text: expect.stringContaining("cannot sign you in with Corporate SSO"),
    });
    await target.expectOk("PATCH", `${path}/${String(corporate.id)}`, { show_as_button: false });
    expect((await loginPage()).text).not.toContain("Corporate SSO");
    expect((await loginPage(new Browser(target), { connection: "corporate" })).text).toContain(
      "Corporate SSO",
    );
    await target.expectOk("DELETE", link());
    expect(await refused()).toMatchObject({
      error: "invalid_request",
      error_description: "no connections enabled for the organization are visible",
    });
  });
});

describe("a person", () => {
  test("signs in by email address in any case, or by user name", async () => {
    await target.expectOk("PATCH", `/users/${ADA}`, { username: "lovelace" });
    expect(callbackParameters(await tryToSignIn(" Ada@Example.com ", PASSWORD))).toHaveProperty("code");
    expect(callbackParameters(await tryToSignIn("lovelace", PASSWORD))).toHaveProperty("code");
  });

  test.each([
    ["a wrong password", "ada@example.com", "wrong", "Incorrect email address, username, or password"],
    [
      "a login that nobody has",
      "nobody@example.com",
      PASSWORD,
      "Incorrect email address, username, or password",
    ],
    ["no password", "ada@example.com", "", "Password is required"],
    ["no login", "", PASSWORD, "Username is required"],
  ])("stays on the page with %s", async (_name, username, password, text) => {
    const page = await tryToSignIn(username, password);
    expect(page.status).toBe(400);
    expect(page.text).toContain(text);
    expect(page.text).toContain(`value="${username}"`);
  });

  test("who is blocked is sent back", async () => {
    await target.expectOk("PATCH", `/users/${ADA}`, { blocked: true });
    expect(await signIn(target, authorizePath(on), "ada@example.com")).toMatchObject({
      error: "unauthorized",
      error_description: "user is blocked",
    });
  });

  test("who is blocked, deleted or has a new password is signed out", async () => {
    const silent = async (browser: Browser) =>
      callbackParameters(await browser.get(authorizePath(on, { prompt: "none" })));
    for (const change of [
      () => target.expectOk("PATCH", `/users/${ADA}`, { blocked: true }),
      () => target.expectOk("PATCH", `/users/${ADA}`, { password: "Another-one-2" }),
      () => target.call("DELETE", `/api/v2/users/${ADA}`),
    ]) {
      target.tenant.restore(staged);
      const browser = new Browser(target);
      await signIn(target, authorizePath(on), "ada@example.com", browser);
      await change();
      expect(await silent(browser)).toMatchObject({ error: "login_required" });
    }
  });

  test("is found among those that may be tried out, with their password, as long as they have it", async () => {
    expect((await loginPage()).text).toMatch(/ada@example\.com<\/dt>\s*<dd><code>Local-twin-1/);
    await target.expectOk("PATCH", `/users/${ADA}`, { password: "Another-one-2" });
    const page = await loginPage();
    expect(page.text).not.toContain("ada@example.com");
    expect(page.text).toContain("grace@example.com");
  });
});

describe("ten wrong passwords", () => {
  const BLOCKED = "Your account has been blocked after multiple consecutive login attempts.";

  async function fail(times: number): Promise<PageAnswer> {
    const browser = new Browser(target);
    const page = await loginPage(browser);
    let last = page;
    for (let attempt = 0; attempt < times; attempt++) {
      // The case of the address makes no other login of it.
      const username = attempt % 2 === 0 ? "ada@example.com" : "Ada@example.com";
      last = await browser.submit(page, { username, password: "wrong" });
    }
    return last;
  }

  test("block the login, also for the right one, and nobody else's", async () => {
    expect((await fail(10)).text).toContain(BLOCKED);
    expect((await tryToSignIn("ada@example.com", PASSWORD)).text).toContain(BLOCKED);
    expect(callbackParameters(await tryToSignIn("grace@example.com", PASSWORD))).toHaveProperty("code");
  });

  test("are forgotten after a right one", async () => {
    await fail(9);
    await signIn(target, authorizePath(on), "ada@example.com");
    expect((await fail(9)).text).not.toContain(BLOCKED);
  });

  test.each([
    [
      "an administrator, by the login",
      () => target.call("DELETE", "/api/v2/user-blocks?identifier=ada@example.com"),
    ],
    ["an administrator, by the user's id", () => target.call("DELETE", `/api/v2/user-blocks/${ADA}`)],
    ["a new password", () => target.expectOk("PATCH", `/users/${ADA}`, { password: PASSWORD })],
    [
      "thirty days",
      () => {
        now += 30 * 24 * 3_600_000 + 1;
        return Promise.resolve();
      },
    ],
  ])("are forgiven by %s", async (_name, forgive) => {
    await fail(10);
    await forgive();
    expect(callbackParameters(await tryToSignIn("ada@example.com", PASSWORD))).toHaveProperty("code");
  });

  test("do nothing where the connection is not protected", async () => {
    const options = { brute_force_protection: false };
    await target.expectOk("PATCH", `/connections/${on.connectionId}`, { options });
    expect((await fail(10)).text).not.toContain(BLOCKED);
  });
});
