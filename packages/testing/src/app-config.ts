/** An app configuration as the stack exports it. */
import type { AppConfigValues } from "@ai-api-access/cli/app-config/contract.ts";

export const SECRET = "kT9vXw2LrQ8sPz4mTheOneThatNobodyMayRead";

export const CONFIG: Required<Pick<AppConfigValues, "okta">> & AppConfigValues = {
  auth0: {
    issuer: "https://acme.us.auth0.com/",
    audience: "https://ai.example.com",
    organizationId: "org_6WDCFcNyprPeMcHi",
    organizationName: "my-awesome-company",
    organizationDomain: "acme.us.auth0.com",
    clientId: "uoAY8d2jjN6UZ8RihTT2CJxSCSbaSakJ",
    proofOfPossession: "required",
  },
  okta: {
    issuer: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9",
    tokenEndpoint: "https://acme.okta.com/oauth2/aus1a2b3c4d5e6f7g8h9/v1/token",
    audience: "https://ai.example.com",
    clientId: "0oa1a2b3c4d5e6f7g8h9",
    clientSecret: SECRET,
    scopes: ["ai:read", "ai:write"],
  },
};

const { issuer, audience, organizationDomain } = CONFIG.auth0;

/** Of a stack with many organizations and no service app. */
export const MANY: AppConfigValues = {
  auth0: {
    ...{ issuer, audience, organizationDomain },
    organizations: { acme: "org_6WDCFcNyprPeMcHi", "globex-2": "org_0aBcDeFgHiJkLmNo" },
  },
};
