/** Signs people in through the login page of the organization, as a browser and an application do together. */
import * as client from "openid-client";
import { SEED_PASSWORD } from "@ai-api-access/emulator-auth0/people.ts";
import { Browser } from "./browser.ts";
import type { DemoAppConfig } from "./outputs.ts";

/** The application through which people sign in. */
export interface LoginApplication {
  /** Where a browser starts, and what the application keeps until it comes back. */
  begin(organization?: string): Promise<{ url: URL; state: string; verifier: string }>;
  /** The access token for what came back to the callback. @throws LoginRefused */
  finish(callback: URL, kept: { state: string; verifier: string }): Promise<string>;
}

/** Auth0 sent the person back without a code. */
export class LoginRefused extends Error {
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.name = "LoginRefused";
    this.error = error;
  }
}

export async function loginApplication(
  { auth0 }: DemoAppConfig,
  clientSecret: string,
  callback: string,
): Promise<LoginApplication> {
  const application = await client.discovery(new URL(auth0.issuer), auth0.clientId, clientSecret);
  return {
    async begin(organization = auth0.organizationId) {
      const verifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const url = client.buildAuthorizationUrl(application, {
        redirect_uri: callback,
        scope: "openid profile email ai:read ai:write",
        audience: auth0.audience,
        organization,
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
      });
      return { url, state, verifier };
    },
    async finish(answer, { state, verifier }) {
      const error = answer.searchParams.get("error");
      if (error !== null) throw new LoginRefused(error, answer.searchParams.get("error_description") ?? "");
      const { access_token: token } = await client.authorizationCodeGrant(application, answer, {
        pkceCodeVerifier: verifier,
        expectedState: state,
      });
      return token;
    },
  };
}

/**
 * Signs in one of the people that the tenant is seeded with.
 *
 * @returns the access token
 * @throws LoginRefused
 */
export async function signIn(
  application: LoginApplication,
  email: string,
  organization?: string,
): Promise<string> {
  const { url, ...kept } = await application.begin(organization);
  const browser = new Browser(url.origin);
  const page = await browser.open(url);
  // A request that the tenant refuses comes back without a login page.
  const refused = page.url.origin !== url.origin;
  const back = refused ? page : await browser.submit(page, { username: email, password: SEED_PASSWORD });
  return application.finish(back.url, kept);
}
