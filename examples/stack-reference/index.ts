/** Another stack that runs the API: it takes the configuration straight from the stack that lets the callers in. */
import * as pulumi from "@pulumi/pulumi";
import { accessOutputs } from "./access-outputs.ts";

const access = accessOutputs(new pulumi.Config().require("accessStack"));

/**
 * What the container, function or deployment of the API gets as its environment. A service that asks for tokens itself
 * adds `AI_API_OKTA_CLIENT_SECRET: access.clientSecret`, which stays a secret.
 */
export const environment = {
  AI_API_AUTH0_ISSUER: access.auth0Issuer,
  AI_API_AUTH0_AUDIENCE: access.auth0Audience,
  AI_API_AUTH0_ORGANIZATION_ID: access.organizationId,
  AI_API_AUTH0_ORGANIZATION_NAME: access.organizationName,
  AI_API_AUTH0_ORGANIZATION_DOMAIN: access.organizationDomain,
  AI_API_OKTA_ISSUER: access.oktaIssuer,
  AI_API_OKTA_TOKEN_ENDPOINT: access.oktaTokenEndpoint,
  AI_API_OKTA_AUDIENCE: access.oktaAudience,
  AI_API_OKTA_CLIENT_ID: access.clientId,
  AI_API_OKTA_SCOPES: access.oktaScopes.apply((scopes) => scopes.join(" ")),
};
