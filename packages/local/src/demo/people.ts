/** Signs people in through the login page of the organization, as a browser and an application do together. */
import * as client from "openid-client";
import { SEED_PASSWORD } from "@ai-api-access/emulator-auth0/people.ts";
import { SEED_PASSWORD as OKTA_PASSWORD } from "@ai-api-access/emulator-okta/people.ts";
import { z } from "zod";
import { Browser, type Page } from "./browser.ts";
import type { SignInOutputs } from "./outputs.ts";
import type { Application } from "./tenant.ts";

/** What an application keeps until a browser comes back. */
export interface Kept {
  readonly state: string;
  readonly verifier: string;
}

/** Somebody who signed in. */
interface SignedIn {
  readonly accessToken: string;
  readonly email: string;
}

const claimsSchema = z.object({ email: z.string() });

/** The application through which people sign in. */
export interface LoginApplication {
  /** Where a browser starts. */
  begin(organization?: string): Promise<{ url: URL } & Kept>;
  /** What came back to the callback, turned in for tokens. @throws LoginRefused */
  finish(callback: URL, kept: Kept): Promise<SignedIn>;
}

/** Auth0 sent the person back without a code, or let nobody through its page. */
export class LoginRefused extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.name = "LoginRefused";
    this.error = error;
  }
}

/** @param options.bound asks for tokens that are bound to a key of the application (DPoP) */
export async function loginApplication(
  { auth0 }: SignInOutputs["appConfig"],
  { clientId, clientSecret, pushes }: Application,
  callback: string,
  { bound = false } = {},
): Promise<LoginApplication> {
  const application = await client.discovery(new URL(auth0.issuer), clientId, clientSecret);
  const key = bound ? client.getDPoPHandle(application, await client.randomDPoPKeyPair()) : undefined;
  return {
    async begin(organization = auth0.organizationId) {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const request = {
        redirect_uri: callback,
        scope: "openid profile email ai:read ai:write",
        audience: auth0.audience,
        organization,
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      };
      const url = await (pushes
        ? client.buildAuthorizationUrlWithPAR(application, request)
        : client.buildAuthorizationUrl(application, request));
      return { url, state, verifier };
    },
    async finish(answer, { state, verifier }) {
      const error = answer.searchParams.get("error");
      if (error !== null) throw new LoginRefused(error, answer.searchParams.get("error_description") ?? "");
      const checks = { pkceCodeVerifier: verifier, expectedState: state };
      const tokens = await client.authorizationCodeGrant(
        application,
        answer,
        checks,
        undefined,
        key && { DPoP: key },
      );
      const { email } = claimsSchema.parse(tokens.claims());
      return { accessToken: tokens.access_token, email };
    },
  };
}

/**
 * Signs in one of the people that the tenant is seeded with, or somebody with a password of their own.
 *
 * @returns the access token
 * @throws LoginRefused
 */
export async function signIn(
  application: LoginApplication,
  email: string,
  organization?: string,
  password = SEED_PASSWORD,
): Promise<string> {
  const { url, ...kept } = await application.begin(organization);
  const browser = new Browser(url.origin);
  const page = await browser.open(url);
  // A request that the tenant refuses comes back without a login page.
  const refused = page.url.origin !== url.origin;
  const back = refused ? page : await browser.submit(page, { username: email, password });
  refuseWherePageStays(back, url);
  return (await application.finish(back.url, kept)).accessToken;
}

/** Who signs in, and where to. */
export interface Visitor {
  readonly email: string;
  /** The name of the organization, for where a page asks. */
  readonly organization: string;
}

/** More than any way through the tenant's pages has. */
const MOST_PAGES = 6;

/**
 * Has somebody go through whatever pages a tenant shows, in a browser that may know them from before, and accept what
 * an application asks for.
 *
 * @returns the URL that the tenant sent them back to
 * @throws LoginRefused where they do not get through
 */
export async function goThrough(browser: Browser, from: URL, { email, organization }: Visitor): Promise<URL> {
  let page = await browser.open(from);
  for (let pages = 0; page.url.origin === from.origin; pages++) {
    const { html } = page;
    const person = /name="person" value="([^"]+)"/.exec(html)?.[1];
    if (pages === MOST_PAGES || html.includes('class="error"') || !html.includes("<form")) break;
    if (html.includes('name="username"'))
      page = await browser.submit(page, { username: email, password: SEED_PASSWORD });
    else if (person !== undefined) page = await browser.submit(page, { choice: "accept", person });
    else page = await browser.submit(page, { organization });
  }
  refuseWherePageStays(page, from);
  return page.url;
}

/**
 * Signs in one of the people of the local Okta org, through a connection of the organization that leads there.
 *
 * @returns the access token
 * @throws LoginRefused
 */
export async function signInAtOkta(
  application: LoginApplication,
  connection: string,
  email: string,
): Promise<string> {
  const { url, ...kept } = await application.begin();
  const browser = new Browser(url.origin);
  const page = await browser.open(url);
  // An organization with this connection alone has no login page of its own.
  const away = page.url.origin === url.origin ? await browser.submit(page, { connection }) : page;
  const okta = new Browser(away.url.origin);
  const back = await okta.submit(await okta.open(away.url), { username: email, password: OKTA_PASSWORD });
  refuseWherePageStays(back, away.url);
  return (await application.finish((await browser.open(back.url)).url, kept)).accessToken;
}

/** The password of the stranger: of every character class that a password policy may ask for. */
const STRANGER = { email: "stranger@example.com", password: "Let-me-in-2026" };

/**
 * A stranger makes an account in the connection, through an application that belongs to no organization, and then
 * tries the organization's login.
 *
 * @returns the access token
 * @throws LoginRefused
 */
export async function signUpAndIn(application: LoginApplication, other: Application): Promise<string> {
  const { url } = await application.begin();
  const { origin } = url;
  const signUp = new URL("/authorize", origin);
  signUp.search = new URLSearchParams({
    client_id: other.clientId,
    response_type: "code",
    redirect_uri: other.callbacks[0] ?? "",
    scope: "openid email",
    screen_hint: "signup",
  }).toString();
  const browser = new Browser(origin);
  const page = await browser.open(signUp);
  if (!page.url.pathname.includes("signup")) {
    throw new LoginRefused(NO_SIGN_UP, "The connection offers no sign-up.");
  }
  refuseWherePageStays(await browser.submit(page, STRANGER), signUp);
  return signIn(application, STRANGER.email, undefined, STRANGER.password);
}

/** The error of a stranger's sign-up where the connection takes none. */
const NO_SIGN_UP = "no sign-up";

/** A page in place of the way back says what was wrong with the form. */
function refuseWherePageStays({ url, html }: Page, from: URL): void {
  if (url.origin !== from.origin) return;
  const said = /<p class="error"[^>]*>([^<]+)</.exec(html)?.[1] ?? "The login page does not say why.";
  // What an application is not told, the page says in its stead.
  const error = /not told of it \((\w+)\)/.exec(html)?.[1];
  throw new LoginRefused(error ?? said, said);
}
