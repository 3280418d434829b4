/** One local issuer in the manner of each vendor, and the configuration of an API that trusts just these two. */
import type { AppConfig } from "../app-config.ts";
import { LocalIssuer, type Manner } from "./local-issuer.ts";

const AUDIENCE = "https://ai.example.com";
const ORGANIZATION = "org_LocalIssuer12345";
const LOGIN_APP = "LocalIssuerLoginAppClientId12345";
const SERVICE_APP = "0oaLocalIssuer123456";

/** A member of the organization who may read and write (Auth0 docs: Access Token Profiles). */
const AUTH0: Manner = {
  vendor: "auth0",
  header: { typ: "JWT" },
  claims: {
    sub: "auth0|64f0000000000000000000a1",
    aud: AUDIENCE,
    azp: LOGIN_APP,
    scope: "ai:read ai:write",
    org_id: ORGANIZATION,
    permissions: ["ai:read", "ai:write"],
  },
};

/** The service app with both of its scopes (Okta docs: OpenID Connect & OAuth 2.0 API, Access token). */
const OKTA: Manner = {
  vendor: "okta",
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

export interface LocalIssuers {
  readonly auth0: LocalIssuer;
  readonly okta: LocalIssuer;
  readonly config: AppConfig;
  close(): Promise<void>;
}

export async function startIssuers(): Promise<LocalIssuers> {
  const [auth0, okta] = await Promise.all([LocalIssuer.start(AUTH0), LocalIssuer.start(OKTA)]);
  return {
    auth0,
    okta,
    config: {
      auth0: {
        issuer: auth0.issuer,
        audience: AUDIENCE,
        organizationId: ORGANIZATION,
        organizationName: "my-awesome-company",
        organizationDomain: new URL(auth0.origin).host,
        clientId: LOGIN_APP,
      },
      okta: {
        issuer: okta.issuer,
        tokenEndpoint: `${okta.issuer}/v1/token`,
        audience: AUDIENCE,
        clientId: SERVICE_APP,
        scopes: ["ai:read", "ai:write"],
      },
    },
    async close() {
      await Promise.all([auth0.close(), okta.close()]);
    },
  };
}
