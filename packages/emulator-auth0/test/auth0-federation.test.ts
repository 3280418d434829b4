/**
 * Claim: an organization's people sign in where its connections say: at an Okta org or another OpenID provider, or at a
 * page in place of Google and GitHub; they come back as members, with tokens as usual.
 */
import { beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { Browser, callbackParameters, enableFor } from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer } from "@ai-api-access/testing/auth0-sign-in.ts";
import { records } from "@ai-api-access/testing/auth0-tenant.ts";
import { TestOrg } from "@ai-api-access/testing/okta-tenant.ts";
import { SharedStage } from "./stage.ts";

const at = new SharedStage({}, { clock: Date.now, pagesPort: 0 });
const okta = TestOrg.use();
const SECRET = "a-secret-of-the-test";
const KATHERINE = { username: "katherine@example.com", password: "Local-twin-1" };
let app = "";

/** An application at the Okta org that everybody there may use. */
beforeAll(async () => {
  const { origin, pagesOrigin = "" } = at.target.tenant;
  app = await okta.create("/api/v1/apps", {
    name: "oidc_client",
    label: "Auth0",
    signOnMode: "OPENID_CONNECT",
    credentials: {
      oauthClient: {
        token_endpoint_auth_method: "client_secret_post",
        client_secret: SECRET,
        pkce_required: true,
      },
    },
    settings: {
      oauthClient: {
        application_type: "web",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [`${origin}/login/callback`, `${pagesOrigin}/login/callback`],
      },
    },
  });
  const [everyone = ""] = await okta.ids("/api/v1/groups?q=Everyone");
  await okta.send("PUT", `/api/v1/apps/${app}/groups/${everyone}`, { body: {} });
});

/** Makes a connection of the organization's; gives its id. */
async function connect(name: string, strategy: string, options: object, link: object = {}): Promise<string> {
  const id = await at.newId("/connections", { name, strategy, options, display_name: `Sign-in ${name}` });
  await enableFor(at.target, id, at.on.clientId);
  const links = `/organizations/${at.on.organizationId}/connections`;
  const body = {
    connection_id: id,
    is_enabled: true,
    show_as_button: true,
    assign_membership_on_login: true,
  };
  await at.target.expectOk("POST", links, { ...body, ...link });
  return id;
}

const atOkta = () => ({
  client_id: app,
  client_secret: SECRET,
  domain: "local.localhost",
  issuer: okta.tenant.origin,
  scope: "openid profile email",
});

/** Chooses a connection on the login page. */
async function choose(connection: string, browser: Browser): Promise<PageAnswer> {
  return browser.submit(await at.page(browser), { connection });
}

/** Signs in at the Okta org, wherever the browser was sent; gives where it is sent from there. */
async function signInAtOkta(
  { location }: PageAnswer,
  form: Record<string, string> = KATHERINE,
): Promise<string> {
  expect(location).toMatch(`${okta.tenant.origin}/oauth2/v1/authorize?`);
  const { pathname, search } = new URL(location);
  const page = await okta.send("GET", pathname + search, { authorization: null });
  const [, request = ""] = /name="request" value="([^"]+)"/.exec(String(page.body)) ?? [];
  const answer = await okta.send("POST", "/login/sign-in", {
    authorization: null,
    form: { request, ...form },
  });
  return answer.headers.location?.[0] ?? "";
}

/** Follows the way back from the identity provider, to the application's callback. */
async function goBack(location: string, browser: Browser): Promise<Record<string, string>> {
  const { pathname, search } = new URL(location);
  return callbackParameters(await browser.follow(await browser.get(pathname + search)));
}

async function userOf(email: string): Promise<Record<string, unknown>> {
  const { body } = await at.target.call("GET", `/api/v2/users-by-email?email=${email}`);
  return records(body)[0] ?? {};
}

describe.each(["okta", "oidc"])("a connection of the strategy %s", (strategy) => {
  beforeEach(async () => {
    await connect("acme", strategy, atOkta());
  });

  test("brings people back as members, who are the same the next time", async () => {
    const browser = new Browser(at.target);
    const page = await at.page(browser);
    expect(page.text).toContain("Continue with Sign-in acme");
    expect(page.text).toContain('name="password"');
    const { code } = await goBack(await signInAtOkta(await choose("acme", browser)), browser);
    expect((await at.token(at.codeRequest(code))).body).toMatchObject({ scope: "openid profile email" });
    const user = await userOf(KATHERINE.username);
    expect(user).toMatchObject({
      user_id: expect.stringMatching(new RegExp(`^${strategy}\\|acme\\|00u`)),
      name: "Katherine Johnson",
      identities: [{ connection: "acme", provider: strategy, isSocial: false }],
      logins_count: 1,
    });
    expect(await at.members()).toContain(user.user_id);
    const again = new Browser(at.target);
    await goBack(await signInAtOkta(await choose("acme", again)), again);
    expect(await userOf(KATHERINE.username)).toMatchObject({ user_id: user.user_id, logins_count: 2 });
  });

  test("is gone to at once where the request names it, or an email address has its domain", async () => {
    const named = await at.page(new Browser(at.target), { connection: "acme" });
    expect(named.location).toContain("code_challenge_method=S256");
    const [, id = ""] = /"id":"(con_\w+)"[^[]*"acme"/.exec(JSON.stringify(await connections())) ?? [];
    const options = { ...atOkta(), domain_aliases: ["acme.example.com"] };
    await at.target.expectOk("PATCH", `/connections/${id}`, { options });
    const hinted = await at.page(new Browser(at.target), { login_hint: "k@acme.example.com" });
    expect(hinted.location).toContain("login_hint=k%40acme.example.com");
    expect(hinted.location).not.toContain("code_challenge=");
  });

  test("sends who is refused there back to the application", async () => {
    const browser = new Browser(at.target);
    const { location } = await choose("acme", browser);
    const state = new URL(location).searchParams.get("state") ?? "";
    const refused = `/login/callback?error=access_denied&error_description=No&state=${state}`;
    expect(callbackParameters(await browser.get(refused))).toEqual({
      error: "access_denied",
      error_description: "No",
      state: "the application's state",
    });
    expect((await browser.get(refused)).status).toBe(400);
  });

  test("lets nobody in by another browser's answer, or by an answer that is not the provider's", async () => {
    const browser = new Browser(at.target);
    const back = new URL(await signInAtOkta(await choose("acme", browser)));
    const stranger = new Browser(at.target);
    await at.ask({}, stranger);
    expect((await stranger.get(back.pathname + back.search)).status).toBe(400);
    const next = new URL(await signInAtOkta(await choose("acme", browser)));
    next.searchParams.set("code", "made up");
    expect(await goBack(next.href, browser)).toMatchObject({ error: "access_denied" });
  });

  test("comes back to the pages over plain HTTP when it began there", async () => {
    const browser = new Browser(at.target, at.target.tenant.pagesOrigin);
    const location = await signInAtOkta(await choose("acme", browser));
    expect(location.startsWith(`${String(at.target.tenant.pagesOrigin)}/login/callback`)).toBe(true);
    expect(await goBack(location, browser)).toHaveProperty("code");
  });
});

async function connections(): Promise<unknown> {
  return (await at.target.call("GET", "/api/v2/connections")).body;
}

test("membership is not given where the organization does not say so", async () => {
  await connect("acme", "okta", atOkta(), { assign_membership_on_login: false });
  const browser = new Browser(at.target);
  expect(await goBack(await signInAtOkta(await choose("acme", browser)), browser)).toMatchObject({
    error: "access_denied",
    error_description: expect.stringContaining("is not part of the"),
  });
});

test("a provider that is not on this machine is not asked, and the page says so", async () => {
  await connect("acme", "okta", { client_id: "c", client_secret: "s", domain: "acme.okta.com" });
  const { status, text } = await choose("acme", new Browser(at.target));
  expect([status, text]).toEqual([502, expect.stringContaining("not to be found at https://acme.okta.com")]);
});

test("a strategy that nothing here stands in for is named", async () => {
  await connect("acme", "linkedin", { client_id: "c" });
  const { status, text } = await choose("acme", new Browser(at.target));
  expect([status, text]).toEqual([501, expect.stringContaining("cannot sign you in with Sign-in acme")]);
});

describe.each([
  ["google-oauth2", "Google", /^google-oauth2\|\d{21}$/],
  ["github", "GitHub", /^github\|\d{8}$/],
])("a page in place of %s", (strategy, provider, id) => {
  test("says what it is, and lets one pick who to be", async () => {
    await connect("social", strategy, { client_id: "c", email: true });
    const browser = new Browser(at.target);
    const page = await choose("social", browser);
    expect(page.text).toContain(`This is not ${provider}`);
    expect((await browser.submit(page, { email: "nobody" })).status).toBe(400);
    expect(callbackParameters(await browser.submit(page, { email: "Somebody@Example.net" }))).toHaveProperty(
      "code",
    );
    const user = await userOf("somebody@example.net");
    expect(user).toMatchObject({ user_id: expect.stringMatching(id), email_verified: true });
    const other = new Browser(at.target);
    const refused = await other.submit(await choose("social", other), { choice: "refuse" });
    expect(callbackParameters(refused)).toMatchObject({ error: "access_denied" });
  });
});

test("an organization is found by the domain of an email address, where the application asks for it", async () => {
  const changes = {
    organization_require_behavior: "pre_login_prompt",
    organization_discovery_methods: ["email"],
  };
  await at.patchClient(changes);
  const domains = `/organizations/${at.on.organizationId}/discovery-domains`;
  const domain = await at.newId(domains, { domain: "acme.example.com", status: "pending" });
  const browser = new Browser(at.target);
  const page = await at.page(browser, { organization: "" });
  expect(page.text).toContain("Email Address or Organization Name");
  expect((await browser.submit(page, { organization: "ada@acme.example.com" })).status).toBe(400);
  await at.target.expectOk("PATCH", `${domains}/${domain}`, { status: "verified" });
  const login = await browser.submit(page, { organization: "ada@acme.example.com" });
  expect(login.text).toContain('value="ada@acme.example.com"');
  expect(login.text).toContain("My Awesome Company");
});
