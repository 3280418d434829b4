import * as pulumi from "@pulumi/pulumi";
import type { ApiAccess } from "./components/auth0/api-access.ts";
import type { LoginApplication } from "./components/auth0/login-application.ts";
import type { Found } from "./lookups/index.ts";
import type { OrganizationAccess } from "./components/auth0/organization-access.ts";
import type { ServiceApp } from "./components/okta/service-app.ts";

/**
 * What an application reads to let the right callers in, and what a caller needs to get a token. Resolved, it is
 * checked by `packages/cli/src/app-config/contract.ts` before `ai-api-access app-config` passes it on.
 */
interface AppConfig {
  readonly auth0: {
    /** `iss` of the tokens of people. */
    readonly issuer: pulumi.Input<string>;
    /** `aud` of the tokens of people. */
    readonly audience: pulumi.Input<string>;
    readonly organizationId: pulumi.Input<string>;
    readonly organizationName: pulumi.Input<string>;
    readonly organizationDomain: pulumi.Input<string>;
    /** The application through which people log in; absent when the stack declares none. */
    readonly clientId?: pulumi.Input<string>;
    /** Whether each token is bound to a key (DPoP); absent where Auth0 also gives others. */
    readonly proofOfPossession?: "required";
  };
  readonly okta: {
    /** `iss` of the tokens of machines. */
    readonly issuer: pulumi.Input<string>;
    readonly tokenEndpoint: pulumi.Input<string>;
    /** `aud` of the tokens of machines. */
    readonly audience: pulumi.Input<string>;
    /** `cid` of the tokens of machines. */
    readonly clientId: pulumi.Input<string>;
    /** Secret; absent with private_key_jwt. */
    readonly clientSecret?: pulumi.Output<string>;
    readonly scopes: readonly string[];
  };
}

/** The outputs of the stack. */
export interface StackOutputs {
  /** The domain at which the organization logs in, without a scheme. */
  readonly organizationDomain: pulumi.Input<string>;
  readonly organizationId: pulumi.Output<string>;
  readonly organizationName: pulumi.Output<string>;
  readonly auth0Issuer: pulumi.Input<string>;
  readonly auth0Audience: pulumi.Output<string>;
  /** Client id of the login application; absent when the stack declares none. */
  readonly auth0ClientId?: pulumi.Output<string>;
  readonly connectionId: pulumi.Input<string>;
  /** Name to id, of the roles that the stack declares and of those that it found by name. */
  readonly roleIds: Readonly<Record<string, pulumi.Input<string>>>;
  readonly clientId: pulumi.Output<string>;
  /** Secret; absent with private_key_jwt. */
  readonly clientSecret?: pulumi.Output<string>;
  readonly oktaIssuer: pulumi.Output<string>;
  readonly oktaTokenEndpoint: pulumi.Output<string>;
  readonly oktaAudience: pulumi.Output<string>;
  readonly oktaScopes: readonly string[];
  /**
   * All of the above that an application reads. A plain object: inside a single output, the one secret in it would
   * make the whole of it secret.
   */
  readonly appConfig: AppConfig;
}

export interface StackParts {
  readonly found: Pick<Found, "organizationDomain" | "roleIds">;
  readonly organization: OrganizationAccess;
  readonly loginApp: LoginApplication | undefined;
  readonly api: ApiAccess;
  readonly serviceApp: ServiceApp;
}

/** The outputs, gathered from the parts of the stack. */
export function stackOutputs({ found, organization, loginApp, api, serviceApp }: StackParts): StackOutputs {
  const { organizationDomain } = found;
  const { organizationId, organizationName, connectionId } = organization;
  const auth0Issuer = `https://${organizationDomain}/`;
  const oktaTokenEndpoint = pulumi.interpolate`${serviceApp.issuer}/v1/token`;
  const secret = serviceApp.clientSecret && { clientSecret: serviceApp.clientSecret };
  return {
    organizationDomain,
    organizationId,
    organizationName,
    auth0Issuer,
    auth0Audience: api.audience,
    ...(loginApp && { auth0ClientId: loginApp.clientId }),
    connectionId,
    roleIds: { ...Object.fromEntries(found.roleIds), ...api.roleIds },
    clientId: serviceApp.clientId,
    ...secret,
    oktaIssuer: serviceApp.issuer,
    oktaTokenEndpoint,
    oktaAudience: serviceApp.audience,
    oktaScopes: serviceApp.scopes,
    appConfig: {
      auth0: {
        issuer: auth0Issuer,
        audience: api.audience,
        organizationId,
        organizationName,
        organizationDomain,
        ...(loginApp && { clientId: loginApp.clientId }),
        ...(api.isProofRequired && { proofOfPossession: "required" }),
      },
      okta: {
        issuer: serviceApp.issuer,
        tokenEndpoint: oktaTokenEndpoint,
        audience: serviceApp.audience,
        clientId: serviceApp.clientId,
        ...secret,
        scopes: serviceApp.scopes,
      },
    },
  };
}
