/** For tests of an API that uses the verifier: an issuer in the manner of each vendor, and a configuration that trusts both. */
import type { VerifierConfig } from "../index.ts";
import { LocalIssuer, type Profile } from "./local-issuer.ts";

export { type Fields } from "./local-issuer.ts";

const AUDIENCE = "https://ai.example.com";
const ORGANIZATION = "org_LocalIssuer12345";
const SERVICE_APP = "0oaLocalIssuer123456";

/** A member of the organization who may read and write (Auth0 docs: Access Token Profiles). */
const AUTH0: Profile = {
  issuerPath: "/",
  keysPath: "/.well-known/jwks.json",
  header: { typ: "JWT" },
  claims: {
    sub: "auth0|64f0000000000000000000a1",
    aud: AUDIENCE,
    azp: "LocalIssuerLoginAppClientId12345",
    scope: "ai:read ai:write",
    org_id: ORGANIZATION,
    permissions: ["ai:read", "ai:write"],
  },
};

/** The service app with both of its scopes (Okta docs: OpenID Connect & OAuth 2.0 API, Access token). */
const OKTA: Profile = {
  issuerPath: "/oauth2/ausLocalIssuer123456",
  keysPath: "/oauth2/ausLocalIssuer123456/v1/keys",
  header: {},
  claims: {
    ver: 1,
    jti: "AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE",
    sub: SERVICE_APP,
    aud: AUDIENCE,
    cid: SERVICE_APP,
    scp: ["ai:read", "ai:write"],
  },
};

export interface LocalConfig extends Required<VerifierConfig> {
  readonly auth0: VerifierConfig["auth0"] & { readonly organizationId: string };
}

export interface LocalIssuers {
  readonly auth0: LocalIssuer;
  readonly okta: LocalIssuer;
  /** Trusts just these two, and one organization. */
  readonly config: LocalConfig;
  close(): Promise<void>;
}

export async function startIssuers(): Promise<LocalIssuers> {
  const [auth0, okta] = await Promise.all([LocalIssuer.start(AUTH0), LocalIssuer.start(OKTA)]);
  return {
    auth0,
    okta,
    config: {
      auth0: { issuer: auth0.issuer, audience: AUDIENCE, organizationId: ORGANIZATION },
      okta: { issuer: okta.issuer, audience: AUDIENCE, clientId: SERVICE_APP },
    },
    async close() {
      await Promise.all([auth0.close(), okta.close()]);
    },
  };
}
