import { Connection } from "@pulumi/auth0/connection.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { identityProviderConnectionInputs } from "../checks/connections.ts";

export interface IdentityProviderConnectionArgs {
  /** 1 to 128 letters, digits and single hyphens between them, unique in the tenant. */
  readonly name: pulumi.Input<string>;
  /** Auth0's: `oidc`, `google-oauth2`, `github`, `samlp` and so on. */
  readonly strategy: string;
  /** What its button says; the name unless given. Enterprise connections only. */
  readonly displayName?: pulumi.Input<string> | undefined;
  /** The client that the provider has for this tenant. */
  readonly clientId?: pulumi.Input<string> | undefined;
  /** What that client proves itself with. */
  readonly clientSecret?: pulumi.Input<string> | undefined;
  /** Of `oidc`: the issuer, without a `/` at its end; its metadata is under `/.well-known/openid-configuration`. */
  readonly issuer?: string | undefined;
  /** Applications of third parties may use it, every one of the tenant. Left out, it stays as it is. */
  readonly isDomainLevel?: pulumi.Input<boolean> | undefined;
  /** Options of the strategy as the auth0 provider names them, over those that are set here. */
  readonly options?: pulumi.Inputs | undefined;
}

/** Sign-in at somebody else's identity provider. Management API: POST /api/v2/connections. */
export class IdentityProviderConnection extends pulumi.ComponentResource {
  static readonly inputs = identityProviderConnectionInputs;

  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: IdentityProviderConnectionArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(IdentityProviderConnection.inputs, args);
    super("ai-api-access:auth0:IdentityProviderConnection", name, {}, opts);

    const { strategy, displayName, clientId, clientSecret, issuer, options } = args;
    const connection = new Connection(
      name,
      {
        name: args.name,
        strategy,
        ...(displayName !== undefined && { displayName }),
        ...(args.isDomainLevel !== undefined && { isDomainConnection: args.isDomainLevel }),
        options: {
          ...(clientId !== undefined && { clientId }),
          ...(clientSecret !== undefined && { clientSecret: pulumi.secret(clientSecret) }),
          ...(issuer === undefined ? SOCIAL[strategy] : oidcOptions(issuer)),
          ...options,
        },
      },
      { parent: this },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}

/** Left out, Auth0 fills these in, and every preview would take them away. */
const SOCIAL: Readonly<Record<string, object>> = {
  "google-oauth2": {
    scopes: ["email", "profile"],
    allowedAudiences: [],
    setUserRootAttributes: "on_each_login",
  },
  github: { scopes: ["email", "read_user"], setUserRootAttributes: "on_each_login" },
};

/** The code flow; the endpoints are read from the issuer's metadata by Auth0. */
function oidcOptions(issuer: string) {
  return {
    type: "back_channel",
    issuer,
    discoveryUrl: `${issuer}/.well-known/openid-configuration`,
    scopes: ["openid", "profile", "email"],
    connectionSettings: { pkce: "auto" },
  };
}
