/** Claim: the login page lets in exactly the people that the organization, the application and the connection let in. */
import { describe, expect, test } from "@jest/globals";
import {
  ADA,
  ALAN,
  Browser,
  callbackParameters,
  enableFor,
  PASSWORD,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer } from "@ai-api-access/testing/auth0-sign-in.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage();

const patchUser = (changes: object) => at.target.expectOk("PATCH", `/users/${ADA}`, changes);

describe("membership", () => {
  test("is asked of everybody: a stranger is sent back, is no member after it, and is not signed in", async () => {
    const browser = new Browser(at.target);
    expect(await at.signIn("alan@example.com", {}, browser)).toEqual({
      error: "access_denied",
      error_description: `user ${ALAN} is not part of the ${at.on.organizationId} organization`,
      state: "the application's state",
    });
    expect(await at.members()).not.toContain(ALAN);
    expect(await at.silent(browser)).toMatchObject({ error: "login_required" });
  });

  test("comes with signing in where the organization's connection says so, without any role", async () => {
    await at.target.expectOk("PATCH", at.link, { assign_membership_on_login: true });
    const tokens = await at.tokens("alan@example.com");
    expect(await at.members()).toContain(ALAN);
    expect(tokens.scope).toBe("openid profile email");
  });

  test("is asked of a session from elsewhere too", async () => {
    await at.patchClient({ organization_usage: "allow" });
    const browser = new Browser(at.target);
    expect(await at.signIn("alan@example.com", { organization: "" }, browser)).toHaveProperty("code");
    expect(await at.answer({}, browser)).toMatchObject({ error: "access_denied" });
  });

  test("that ended ends the way in", async () => {
    const path = `/organizations/${at.on.organizationId}/members`;
    await at.target.expectOk("DELETE", path, { members: [ADA] });
    expect(await at.signIn()).toMatchObject({ error: "access_denied" });
  });
});

describe("a connection", () => {
  const links = () => `/organizations/${at.on.organizationId}/connections`;

  async function newConnection(body: object): Promise<string> {
    const { id } = await at.target.expectOk("POST", "/connections", body);
    await enableFor(at.target, String(id), at.on.clientId);
    return String(id);
  }

  const refusal = (text: string) => ({ error: "invalid_request", error_description: text });

  test("has to be enabled for the application", async () => {
    const clients = [{ client_id: at.on.clientId, status: false }];
    await at.target.expectOk("PATCH", `/connections/${at.on.connectionId}/clients`, clients);
    expect(await at.answer()).toMatchObject(refusal("no connections enabled for the client"));
  });

  test("has to be enabled for the organization", async () => {
    const refused = refusal("no connections enabled for the organization");
    await at.target.expectOk("PATCH", at.link, { is_enabled: false });
    expect(await at.answer()).toMatchObject(refused);
    await at.target.expectOk("DELETE", at.link);
    expect(await at.answer()).toMatchObject(refused);
  });

  test("lets in its own people alone, whatever their email address", async () => {
    const { target } = at;
    const own = await newConnection({ name: "own-people", strategy: "auth0" });
    await target.expectOk("DELETE", at.link);
    const link = { connection_id: own, is_enabled: true, assign_membership_on_login: true };
    await target.expectOk("POST", links(), link);
    expect((await at.submitLogin("ada@example.com")).text).toContain("Wrong email or password");
    const person = { connection: "own-people", email: "kay@example.com", password: "A-password-1" };
    await target.expectOk("POST", "/users", person);
    const answer = await at.submitLogin(person.email, person.password);
    expect(callbackParameters(answer)).toHaveProperty("code");
    expect(await at.answer({ connection: "Username-Password-Authentication" })).toMatchObject(
      refusal("the connection was not found"),
    );
  });

  test("of an enterprise has a button unless it is hidden, and hidden it can be asked for by name", async () => {
    const { target } = at;
    const corporate = { name: "corporate", strategy: "samlp", display_name: "Corporate SSO" };
    const id = await newConnection(corporate);
    await target.expectOk("POST", links(), { connection_id: id, is_enabled: true });
    const browser = new Browser(target);
    const page = await at.page(browser);
    expect(page.text).toContain("Continue with Corporate SSO");
    expect(await browser.submit(page, { connection: "corporate" })).toMatchObject({
      status: 501,
      text: expect.stringContaining("cannot sign you in with Corporate SSO"),
    });
    await target.expectOk("PATCH", `${links()}/${id}`, { show_as_button: false });
    expect((await at.page()).text).not.toContain("Corporate SSO");
    expect((await at.page(browser, { connection: "corporate" })).text).toContain("Corporate SSO");
    await target.expectOk("DELETE", at.link);
    expect(await at.answer()).toMatchObject(
      refusal("no connections enabled for the organization are visible"),
    );
  });
});

describe("a person", () => {
  test("signs in by email address in any case, or by user name", async () => {
    await patchUser({ username: "lovelace" });
    expect(callbackParameters(await at.submitLogin(" Ada@Example.com "))).toHaveProperty("code");
    expect(callbackParameters(await at.submitLogin("lovelace"))).toHaveProperty("code");
  });

  const WRONG = "Incorrect email address, username, or password";

  test.each([
    ["a wrong password", "ada@example.com", "wrong", WRONG],
    ["a login that nobody has", "nobody@example.com", PASSWORD, WRONG],
    ["no password", "ada@example.com", "", "Password is required"],
    ["no login", "", PASSWORD, "Username is required"],
  ])("stays on the page with %s", async (_name, username, password, text) => {
    const page = await at.submitLogin(username, password);
    expect(page).toMatchObject({ status: 400, text: expect.stringContaining(text) });
    expect(page.text).toContain(`value="${username}"`);
  });

  test("who is blocked is sent back", async () => {
    await patchUser({ blocked: true });
    const refused = { error: "unauthorized", error_description: "user is blocked" };
    expect(await at.signIn()).toMatchObject(refused);
  });

  test.each([
    ["blocked", () => patchUser({ blocked: true })],
    ["deleted", () => at.target.call("DELETE", `/api/v2/users/${ADA}`)],
    ["given a new password", () => patchUser({ password: "Another-one-2" })],
  ])("who is %s is signed out", async (_name, change) => {
    const browser = await at.signedIn();
    await change();
    expect(await at.silent(browser)).toMatchObject({ error: "login_required" });
  });

  test("is found among those that may be tried out, with their password, as long as they have it", async () => {
    expect((await at.page()).text).toMatch(/ada@example\.com<\/dt>\s*<dd><code>Local-twin-1/);
    await patchUser({ password: "Another-one-2" });
    const page = await at.page();
    expect(page.text).not.toContain("ada@example.com");
    expect(page.text).toContain("grace@example.com");
  });
});

describe("ten wrong passwords", () => {
  const BLOCKED = "Your account has been blocked after multiple consecutive login attempts.";

  async function fail(times: number): Promise<PageAnswer> {
    const browser = new Browser(at.target);
    const page = await at.page(browser);
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
    expect((await at.submitLogin("ada@example.com")).text).toContain(BLOCKED);
    expect(callbackParameters(await at.submitLogin("grace@example.com"))).toHaveProperty("code");
  });

  test("are forgotten after a right one", async () => {
    await fail(9);
    await at.signIn();
    expect((await fail(9)).text).not.toContain(BLOCKED);
  });

  const unblock = (path: string) => at.target.call("DELETE", `/api/v2/user-blocks${path}`);
  const thirtyDays = () => Promise.resolve((at.now += 30 * 24 * 3_600_000 + 1));

  test.each([
    ["an administrator, by the login", () => unblock("?identifier=ada@example.com")],
    ["an administrator, by the user's id", () => unblock(`/${ADA}`)],
    ["a new password", () => patchUser({ password: PASSWORD })],
    ["thirty days", thirtyDays],
  ])("are forgiven by %s", async (_name, forgive: () => Promise<unknown>) => {
    await fail(10);
    await forgive();
    expect(callbackParameters(await at.submitLogin("ada@example.com"))).toHaveProperty("code");
  });

  test("do nothing where the connection is not protected", async () => {
    const options = { brute_force_protection: false };
    await at.target.expectOk("PATCH", `/connections/${at.on.connectionId}`, { options });
    expect((await fail(10)).text).not.toContain(BLOCKED);
  });
});
