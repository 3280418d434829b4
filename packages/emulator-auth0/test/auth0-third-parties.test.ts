/** Claim: what a third party's application may do is what the tenant lets all of them or it alone, and the person lets it. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import {
  AUDIENCE,
  authorizePath,
  Browser,
  CALLBACK,
  callbackParameters,
  PASSWORD,
  pkce,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer, Stage } from "@ai-api-access/testing/auth0-sign-in.ts";
import { decodeJwt } from "jose";
import { SharedStage } from "./stage.ts";

type Parameters = Record<string, string>;

const at = new SharedStage({ allow_offline_access: true });
let client: Stage;
const { verifier, challenge } = pkce();

beforeEach(async () => {
  client = { ...at.on, ...(await thirdParty()) };
  await domainLevel(true);
  await letIn("allow");
  await at.newId("/client-grants", {
    default_for: "third_party_clients",
    audience: AUDIENCE,
    scope: ["ai:read"],
    subject_type: "user",
  });
});

async function thirdParty(more: object = {}) {
  const made = await at.newClient({
    name: "Somebody’s Assistant",
    is_first_party: false,
    third_party_security_mode: "strict",
    callbacks: [CALLBACK],
    grant_types: ["authorization_code", "refresh_token"],
    token_endpoint_auth_method: "none",
    organization_usage: "allow",
    redirection_policy: "allow_always",
    ...more,
  });
  return { clientId: made.client_id, clientSecret: "" };
}

const domainLevel = (is_domain_connection: boolean) =>
  at.target.expectOk("PATCH", `/connections/${at.on.connectionId}`, { is_domain_connection });
const letIn = (third_party_client_access: string) =>
  at.target.expectOk("PATCH", `/organizations/${at.on.organizationId}`, { third_party_client_access });
const patch = (changes: object) => at.target.expectOk("PATCH", `/clients/${client.clientId}`, changes);

const path = (more: Parameters = {}) =>
  authorizePath(client, {
    code_challenge: challenge,
    code_challenge_method: "S256",
    scope: "openid email ai:read ai:write",
    ...more,
  });

/** What comes back to the callback at once. */
const answer = async (more: Parameters = {}) =>
  callbackParameters(await new Browser(at.target).get(path(more)));

/** Signs Ada in at the third party's request; gives the page after the login. */
async function afterLogin(browser: Browser, more: Parameters = {}): Promise<PageAnswer> {
  const page = await browser.follow(await browser.get(path(more)));
  return browser.submit(page, { username: "ada@example.com", password: PASSWORD });
}

const accept = (browser: Browser, page: PageAnswer) =>
  browser.submit(page, { choice: "accept", person: "ada@example.com" });

async function claimsFor({ code = "" }: Parameters) {
  const { status, body } = await at.token({
    grant_type: "authorization_code",
    client_id: client.clientId,
    redirect_uri: CALLBACK,
    code_verifier: verifier,
    code,
  });
  expect({ status, id: body.id_token }).toEqual({ status: 200, id: undefined });
  return decodeJwt(String(body.access_token));
}

describe("consent", () => {
  test("is asked for once, for what the person may do and the tenant lets third parties have", async () => {
    const browser = new Browser(at.target);
    const page = await afterLogin(browser);
    expect(page.text).toContain("<strong>Somebody’s Assistant</strong> is requesting access");
    expect(page.text).toContain("with <strong>AI API</strong>");
    expect(page.text).toContain("<code>ai:read</code>");
    expect(page.text).not.toContain("ai:write");
    expect(page.text).toContain("A local stand-in for Auth0’s pages");
    const { org_id, aud, scope, azp } = await claimsFor(callbackParameters(await accept(browser, page)));
    expect({ org_id, aud, scope, azp }).toEqual({
      org_id: at.on.organizationId,
      aud: AUDIENCE,
      scope: "ai:read",
      azp: client.clientId,
    });
    await patch({ skip_non_verifiable_callback_uri_confirmation_prompt: true });
    expect(callbackParameters(await browser.get(path()))).toHaveProperty("code");
    expect((await browser.get(path({ prompt: "consent" }))).location).toMatch(/^\/u\/consent/);
    expect((await browser.get(path({ organization: "" }))).location).toMatch(/^\/u\/consent/);
  });

  test("is asked for again for more, and no token has what came later", async () => {
    const browser = new Browser(at.target);
    const first = callbackParameters(await accept(browser, await afterLogin(browser)));
    const own = { client_id: client.clientId, audience: AUDIENCE, subject_type: "user" };
    await at.newId("/client-grants", { ...own, scope: ["ai:read", "ai:write"] });
    expect((await claimsFor(first)).scope).toBe("ai:read");
    const page = await browser.follow(await browser.get(path()));
    expect(page.text).toContain("<code>ai:write</code>");
    const { scope } = await claimsFor(callbackParameters(await accept(browser, page)));
    expect(scope).toBe("ai:read ai:write");
  });

  test("that is refused is told to the application, or to the person where the application is not trusted", async () => {
    const refused = async () => {
      const browser = new Browser(at.target);
      return browser.submit(await afterLogin(browser), { choice: "refuse", person: "ada@example.com" });
    };
    expect(callbackParameters(await refused())).toEqual({
      error: "access_denied",
      error_description: "User did not authorize the request",
      state: "the application's state",
    });
    await patch({ redirection_policy: null });
    expect(await refused()).toMatchObject({
      status: 400,
      text: expect.stringContaining("User did not authorize the request"),
    });
  });

  test("cannot be given silently", async () => {
    const browser = new Browser(at.target);
    await afterLogin(browser);
    const answered = callbackParameters(await browser.get(path({ prompt: "none" })));
    expect(answered).toMatchObject({ error: "consent_required" });
  });

  test("is given by whoever the page asked, and not by who signed in meanwhile", async () => {
    const browser = new Browser(at.target);
    const page = await afterLogin(browser);
    await at.signIn("grace@example.com", { prompt: "login" }, browser);
    const again = await browser.submit(page, { choice: "accept", person: "ada@example.com" });
    expect(again.text).toContain("Hi <strong>grace@example.com</strong>");
  });
});

describe("a request is refused", () => {
  const invalid = (error_description: string) => ({ error: "invalid_request", error_description });

  test("without a challenge, and with a parameter that third parties may not send", async () => {
    expect(await answer({ code_challenge: "", code_challenge_method: "" })).toMatchObject(
      invalid("PKCE is required for third-party clients: code_challenge is missing"),
    );
    expect(await answer({ screen_hint: "signup" })).toMatchObject(
      invalid("Parameter screen_hint is not supported for third-party clients"),
    );
  });

  test("for no API, and for one that the tenant does not let them have though it does others", async () => {
    expect(await answer({ audience: "" })).toMatchObject(
      invalid(
        "The userinfo audience is not allowed for third party clients. Please specify a valid API audience.",
      ),
    );
    await at.newId("/resource-servers", { identifier: "https://other.example", name: "Other" });
    expect(await answer({ audience: "https://other.example" })).toMatchObject({
      error: "unauthorized_client",
      error_description: `Client "${client.clientId}" is not authorized to access resource server "https://other.example".`,
    });
  });

  test("for an organization that does not let them in", async () => {
    await letIn("block");
    expect(await answer()).toMatchObject(
      invalid(`parameter organization is invalid: ${at.on.organizationId}`),
    );
    await patch({ organization_usage: "require", organization_require_behavior: "pre_login_prompt" });
    const browser = new Browser(at.target);
    const prompt = await browser.follow(await browser.get(path({ organization: "" })));
    const entered = await browser.submit(prompt, { organization: "my-awesome-company" });
    expect(entered.text).toContain("The organization you entered is invalid");
  });

  test("where no connection is of the domain level", async () => {
    await domainLevel(false);
    expect(await answer()).toMatchObject(invalid("no connections enabled for the client"));
  });

  test("with a callback that only fits a placeholder", async () => {
    await patch({ callbacks: ["https://*.example.com/callback"] });
    const asked = path({ redirect_uri: "https://any.example.com/callback" });
    expect(await new Browser(at.target).get(asked)).toMatchObject({ status: 403 });
  });

  test("and the person is told where the application is not trusted with errors", async () => {
    await patch({ redirection_policy: null });
    expect(await new Browser(at.target).get(path({ audience: "" }))).toMatchObject({
      status: 400,
      text: expect.stringContaining("The userinfo audience is not allowed"),
    });
  });
});

describe("somebody who is signed in and comes from an application on this machine", () => {
  test("is asked whether the answer may go there", async () => {
    const browser = new Browser(at.target);
    await accept(browser, await afterLogin(browser));
    expect(callbackParameters(await browser.get(path({ prompt: "none" })))).toMatchObject({
      error: "interaction_required",
    });
    const page = await browser.follow(await browser.get(path()));
    expect(page.text).toContain(`The answer goes to ${CALLBACK}`);
    // The page cannot be gone around.
    const resumed = await browser.get(
      `/authorize/resume?state=${/state=([^"]+)/.exec(page.text)?.[1] ?? ""}`,
    );
    expect(resumed.location).toMatch(/^\/u\/confirm/);
    expect(callbackParameters(await accept(browser, page))).toHaveProperty("code");
    await at.patchSettings({ skip_non_verifiable_callback_uri_confirmation_prompt: true });
    expect(callbackParameters(await browser.get(path()))).toHaveProperty("code");
  });

  test("is asked where the callback is no URL at all", async () => {
    await at.patchClient({
      callbacks: ["app", CALLBACK],
      skip_non_verifiable_callback_uri_confirmation_prompt: false,
    });
    const browser = await at.signedIn();
    expect((await at.ask({ redirect_uri: "app" }, browser)).location).toMatch(/^\/u\/confirm/);
  });

  test("is asked for one's own applications, too, and can refuse", async () => {
    await at.patchClient({ skip_non_verifiable_callback_uri_confirmation_prompt: false });
    const browser = await at.signedIn();
    expect(await at.silent(browser)).toMatchObject({ error: "interaction_required" });
    const page = await at.page(browser);
    expect(callbackParameters(await browser.submit(page, { choice: "refuse" }))).toMatchObject({
      error: "access_denied",
    });
  });
});

test("a machine of a third party needs each organization's own word", async () => {
  const machine = await at.newClient({
    name: "Somebody’s Machine",
    is_first_party: false,
    third_party_security_mode: "strict",
    grant_types: ["client_credentials"],
    token_endpoint_auth_method: "client_secret_post",
  });
  const ask = (more: Parameters) =>
    at.token({ grant_type: "client_credentials", audience: AUDIENCE, ...machine, ...more });
  expect((await ask({})).status).toBe(403);
  const grant_id = await at.newId("/client-grants", {
    default_for: "third_party_clients",
    audience: AUDIENCE,
    scope: ["ai:read"],
    subject_type: "client",
    organization_usage: "allow",
    allow_any_organization: true,
  });
  expect((await ask({})).status).toBe(200);
  const { organizationId: organization } = at.on;
  expect((await ask({ organization })).status).toBe(403);
  await at.target.expectOk("POST", `/organizations/${organization}/client-grants`, { grant_id });
  const { status, body } = await ask({ organization });
  expect(status).toBe(200);
  expect(decodeJwt(String(body.access_token)).org_id).toBe(organization);
});

test("an application that does not say otherwise is strict", async () => {
  const made = await at.target.expectOk("POST", "/clients", { name: "New", is_first_party: false });
  expect(made).toMatchObject({
    client_id: expect.stringMatching(/^tpc_/),
    third_party_security_mode: "strict",
    grant_types: ["authorization_code"],
  });
});

test("a permissive application goes by the API's own policy, and has ID tokens", async () => {
  client = { ...client, ...(await thirdParty({ third_party_security_mode: "permissive" })) };
  await patch({ jwt_configuration: { alg: "RS256" } });
  expect(await answer()).toMatchObject({
    error_description: `parameter organization is invalid: ${at.on.organizationId}`,
  });
  const browser = new Browser(at.target);
  const page = await afterLogin(browser, { organization: "", scope: "openid", screen_hint: "login" });
  const { code = "" } = callbackParameters(await accept(browser, page));
  const grant = { grant_type: "authorization_code", client_id: client.clientId, redirect_uri: CALLBACK };
  const { body } = await at.token({ ...grant, code, code_verifier: verifier });
  expect(body).toHaveProperty("id_token");
});

test("answers name the issuer where the tenant says so (RFC 9207)", async () => {
  expect(await answer({ audience: "" })).not.toHaveProperty("iss");
  await at.patchSettings({ authorization_response_iss_parameter_supported: true });
  expect(await answer({ audience: "" })).toHaveProperty("iss", `${at.target.tenant.origin}/`);
});
