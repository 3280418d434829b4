import { afterAll, beforeAll, beforeEach } from "@jest/globals";
import type { Auth0TenantOptions } from "@ai-api-access/emulator-auth0";
import {
  AUDIENCE,
  authorizePath,
  Browser,
  CALLBACK,
  callbackParameters,
  PASSWORD,
  pkce,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { PageAnswer, Stage } from "@ai-api-access/testing/auth0-sign-in.ts";
import { records, startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";

type Parameters = Record<string, string>;

/**
 * One tenant for the tests of a file, as it was before each of them. Make it at the top of the file: it starts before
 * the first test.
 */
export class SharedTenant {
  /** The tenant's clock, in milliseconds; it stands still. */
  now = 1_800_000_000_000;
  #started: TestTenant | undefined;

  constructor(
    setUp: (target: TestTenant) => Promise<void> = () => Promise.resolve(),
    options: Partial<Auth0TenantOptions> = {},
  ) {
    let then: ReturnType<TestTenant["tenant"]["snapshot"]>;
    beforeAll(async () => {
      this.#started = await startTestTenant({ clock: () => this.now, ...options });
      await setUp(this.#started);
      then = this.#started.tenant.snapshot();
    });
    beforeEach(() => {
      this.target.tenant.restore(then);
    });
    afterAll(() => this.target.close());
  }

  get target(): TestTenant {
    if (this.#started === undefined) throw new Error("The tenant starts before the first test.");
    return this.#started;
  }

  /** Calls the token endpoint. */
  token(parameters: Parameters) {
    return tokenRequest(this.target, parameters);
  }

  patchSettings(changes: object) {
    return this.target.expectOk("PATCH", "/tenants/settings", changes);
  }

  /** Makes an application; gives its credentials. */
  async newClient(client: object): Promise<{ client_id: string; client_secret: string }> {
    const made = await this.target.expectOk("POST", "/clients", client);
    return { client_id: String(made.client_id), client_secret: String(made.client_secret) };
  }

  /** Makes something of the Management API; gives its id. */
  async newId(path: string, body: object): Promise<string> {
    return String((await this.target.expectOk("POST", path, body)).id);
  }
}

/** The same with a {@link Stage} on it. */
export class SharedStage extends SharedTenant {
  #on: Stage | undefined;

  constructor(api: object = {}, options: Partial<Auth0TenantOptions> = {}) {
    super(async (target) => {
      this.#on = await stage(target, api);
    }, options);
  }

  get on(): Stage {
    if (this.#on === undefined) throw new Error("The tenant starts before the first test.");
    return this.#on;
  }

  /** The path of the organization's link to its connection. */
  get link(): string {
    return `/organizations/${this.on.organizationId}/connections/${this.on.connectionId}`;
  }

  patchClient(changes: object) {
    return this.target.expectOk("PATCH", `/clients/${this.on.clientId}`, changes);
  }

  patchApi(changes: object) {
    return this.target.expectOk("PATCH", `/resource-servers/${encodeURIComponent(AUDIENCE)}`, changes);
  }

  /** The ids of the organization's members. */
  async members(): Promise<unknown[]> {
    const { body } = await this.target.call("GET", `/api/v2/organizations/${this.on.organizationId}/members`);
    return records(body).map((member) => member.user_id);
  }

  /** Sends an authorization request; follows no redirect. */
  ask(more: Parameters = {}, browser = new Browser(this.target)): Promise<PageAnswer> {
    return browser.get(authorizePath(this.on, more));
  }

  /** What comes back to the callback at once: a refusal, or the code where somebody is signed in. */
  async answer(more: Parameters = {}, browser?: Browser): Promise<Parameters> {
    return callbackParameters(await this.ask(more, browser));
  }

  /** What comes back where no page may be shown. */
  silent(browser: Browser): Promise<Parameters> {
    return this.answer({ prompt: "none" }, browser);
  }

  /** The page that an authorization request leads to. */
  async page(browser = new Browser(this.target), more: Parameters = {}): Promise<PageAnswer> {
    return browser.follow(await this.ask(more, browser));
  }

  /** What the login page's form leads to. */
  async submitLogin(username: string, password = PASSWORD, browser = new Browser(this.target)) {
    return browser.submit(await this.page(browser), { username, password });
  }

  /** Signs somebody in with the right password; gives what comes back to the callback. */
  async signIn(
    email = "ada@example.com",
    more: Parameters = {},
    browser = new Browser(this.target),
    on = this.on,
  ): Promise<Parameters> {
    const page = await browser.follow(await browser.get(authorizePath(on, more)));
    return callbackParameters(await browser.submit(page, { username: email, password: PASSWORD }));
  }

  /** A browser in which Ada is signed in. */
  async signedIn(): Promise<Browser> {
    const browser = new Browser(this.target);
    await this.signIn("ada@example.com", {}, browser);
    return browser;
  }

  /** The parameters that exchange a code. */
  codeRequest(code = "", { clientId, clientSecret } = this.on): Parameters {
    const client = { client_id: clientId, client_secret: clientSecret };
    return { grant_type: "authorization_code", ...client, redirect_uri: CALLBACK, code };
  }

  /** Signs somebody in with PKCE; gives the parameters that exchange the code. */
  async pkceRequest(email = "ada@example.com", more: Parameters = {}, on = this.on): Promise<Parameters> {
    const { verifier, challenge } = pkce();
    const asked = { code_challenge: challenge, code_challenge_method: "S256", ...more };
    const { code } = await this.signIn(email, asked, undefined, on);
    return { ...this.codeRequest(code, on), code_verifier: verifier };
  }

  /** Signs somebody in and exchanges the code. */
  async tokens(email = "ada@example.com", more: Parameters = {}, on = this.on) {
    const { status, body } = await this.token(await this.pkceRequest(email, more, on));
    if (status !== 200) throw new Error(`The code was not exchanged: ${JSON.stringify(body)}`);
    return body;
  }
}
