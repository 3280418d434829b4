/** Claim: in a real browser, the login page looks like the organization, lets its members in, and nobody else. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { startTestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import type { TestTenant } from "@ai-api-access/testing/auth0-tenant.ts";
import {
  AUDIENCE,
  authorizePath,
  CALLBACK,
  opened,
  PASSWORD,
  pkce,
  stage,
  tokenRequest,
} from "@ai-api-access/testing/auth0-sign-in.ts";
import type { Stage } from "@ai-api-access/testing/auth0-sign-in.ts";
import { findBrowser, NO_BROWSER, startBrowser } from "@ai-api-access/testing/browser.ts";

const executable = findBrowser();
if (executable === undefined) console.warn(NO_BROWSER);

/** `AI_API_ACCESS_SCREENSHOT=1` writes the page as it looks to `docs/login-page.png`. */
const SCREENSHOT = join(import.meta.dirname, "../../../docs/login-page.png");

/** The logo of the local stack has an address at which there is none; the page then shows a monogram. */
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="7 0 216 60" width="216" height="60">
  <g fill="none" stroke="#0000FF" stroke-width="5" stroke-linecap="round" stroke-linejoin="round">
    <path d="M10 46 27 14l17 32"/><path d="M32 46l11-20 11 20"/></g>
  <g font-family="Inter, Segoe UI, DejaVu Sans, sans-serif" fill="#101223">
    <text x="70" y="28" font-size="19" font-weight="700">My Awesome</text>
    <text x="70" y="49" font-size="19">Company</text></g></svg>`;

(executable === undefined ? describe.skip : describe)("the login page", () => {
  let target: TestTenant;
  let on: Stage;
  let browser: Browser;

  beforeAll(async () => {
    target = await startTestTenant({ pagesPort: 0 });
    on = await stage(target);
    browser = await startBrowser(executable ?? "");
  });
  afterAll(async () => {
    await browser.close();
    await target.close();
  });

  /** A page of a browser that nobody has signed in with. */
  async function open(path: string, { logo = true } = {}): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1120, height: 800 },
      deviceScaleFactor: 2,
    });
    const page = await context.newPage();
    await page.route("https://example.com/logo.png", (route) =>
      logo ? route.fulfill({ contentType: "image/svg+xml", body: LOGO }) : route.abort(),
    );
    await page.route(`${CALLBACK}**`, (route) => route.fulfill({ contentType: "text/html", body: "Back" }));
    await page.goto((target.tenant.pagesOrigin ?? "") + path);
    return page;
  }

  async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
    await page.getByLabel("Username or email address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Continue" }).click();
  }

  /** What the page itself says; as a text, since this file is not checked against a browser's types. */
  const ask = async (page: Page, expression: string): Promise<string> =>
    String(await page.evaluate(expression));

  const style = (page: Page, selector: string, property: string): Promise<string> =>
    ask(page, `getComputedStyle(document.querySelector("${selector}")).getPropertyValue("${property}")`);

  test("shows the organization's logo, name and colors", async () => {
    const page = await open(authorizePath(on));
    expect(await page.title()).toBe("Log in | AI Console");
    await page.getByText("Log in to My Awesome Company to continue to AI Console.").waitFor();
    const logo = `document.querySelector('.logo img[src="https://example.com/logo.png"]')`;
    expect(await ask(page, `${logo}.decode().then(() => ${logo}.naturalWidth > 0)`)).toBe("true");
    expect(await style(page, "body", "background-color")).toBe("rgb(255, 255, 255)");
    expect(await style(page, "form button", "background-color")).toBe("rgb(0, 0, 255)");
    expect(await style(page, "form button", "color")).toBe("rgb(255, 255, 255)");
    await page.context().close();
  });

  test("shows a monogram where the logo's address has no image", async () => {
    const page = await open(authorizePath(on), { logo: false });
    await page.getByText("Log in to My Awesome Company to continue to AI Console.").waitFor();
    const monogram = `getComputedStyle(document.querySelector(".logo img"), "::after").content`;
    expect(await ask(page, monogram)).toContain("M");
    if (process.env.AI_API_ACCESS_SCREENSHOT === "1") await page.screenshot({ path: SCREENSHOT });
    await page.context().close();
  });

  test("a member's sign-in ends with a code that gives the tokens of the organization", async () => {
    const { verifier, challenge } = pkce();
    const page = await open(authorizePath(on, { code_challenge: challenge, code_challenge_method: "S256" }));
    await signIn(page, "ada@example.com");
    await page.waitForURL(`${CALLBACK}**`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("state")).toBe("the application's state");
    const { body } = await tokenRequest(target, {
      grant_type: "authorization_code",
      client_id: on.clientId,
      client_secret: on.clientSecret,
      redirect_uri: CALLBACK,
      code: searchParams.get("code") ?? "",
      code_verifier: verifier,
    });
    expect(opened(body.access_token).claims).toMatchObject({
      iss: `${target.tenant.origin}/`,
      org_id: on.organizationId,
      aud: [AUDIENCE, `${target.tenant.origin}/userinfo`],
    });
    await page.context().close();
  });

  test("a stranger is sent back without a code", async () => {
    const page = await open(authorizePath(on));
    await signIn(page, "alan@example.com");
    await page.waitForURL(`${CALLBACK}**`);
    const { searchParams } = new URL(page.url());
    expect(searchParams.get("error")).toBe("access_denied");
    expect(searchParams.has("code")).toBe(false);
    await page.context().close();
  });

  test("a wrong password keeps the person on the page, with what is wrong", async () => {
    const page = await open(authorizePath(on));
    await signIn(page, "ada@example.com", "wrong");
    expect(await page.getByRole("alert").textContent()).toBe(
      "Incorrect email address, username, or password",
    );
    expect(await page.getByLabel("Username or email address").inputValue()).toBe("ada@example.com");
    await page.context().close();
  });
});
