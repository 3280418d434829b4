import * as okta from "@pulumi/okta";
import * as pulumi from "@pulumi/pulumi";
import type {
  AuthorizationServerConfig,
  ServiceAppAuthentication,
  ServiceAppConfig,
} from "../../config/stack-config.ts";

/** An OAuth service app, and the authorization server that gives it tokens for its scopes. */
export class ServiceApp extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;
  /** Secret; undefined with private_key_jwt. */
  readonly clientSecret: pulumi.Output<string> | undefined;
  readonly issuer: pulumi.Output<string>;
  readonly audience: pulumi.Output<string>;
  readonly scopes: readonly string[];

  constructor(name: string, config: ServiceAppConfig, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:okta:ServiceApp", name, {}, opts);

    const app = declareApp(name, config, this);
    const server = authorizationServer(name, config.authorizationServer, this);
    const scopes = declareScopes(name, config.scopes, server.id, this);
    declarePolicy(name, config, { app, authServerId: server.id, scopes }, this);

    this.clientId = app.clientId;
    this.clientSecret = hasSecret(config.authentication) ? pulumi.secret(app.clientSecret) : undefined;
    this.issuer = server.issuer;
    this.audience = server.audiences.apply(([first]) => first ?? "");
    this.scopes = config.scopes.map((scope) => scope.name);
    this.registerOutputs({
      clientId: this.clientId,
      ...(this.clientSecret && { clientSecret: this.clientSecret }),
      issuer: this.issuer,
      audience: this.audience,
    });
  }
}

function hasSecret({ method }: ServiceAppAuthentication): boolean {
  return method !== "private_key_jwt";
}

function declareApp(name: string, config: ServiceAppConfig, parent: pulumi.Resource): okta.app.OAuth {
  const { authentication, redirectUris, postLogoutRedirectUris } = config;
  return new okta.app.OAuth(
    name,
    {
      label: config.label,
      type: "service",
      grantTypes: ["client_credentials"],
      responseTypes: ["token"],
      tokenEndpointAuthMethod: authentication.method,
      ...("jwks" in authentication && { jwks: authentication.jwks.map((key) => ({ ...key })) }),
      ...("jwksUri" in authentication && { jwksUri: authentication.jwksUri }),
      // With a key, no secret may reach the state at all. Going back to a secret replaces the app (the provider's rule).
      ...(!hasSecret(authentication) && { omitSecret: true }),
      ...(redirectUris.length > 0 && { redirectUris: [...redirectUris] }),
      ...(postLogoutRedirectUris.length > 0 && { postLogoutRedirectUris: [...postLogoutRedirectUris] }),
    },
    // The provider hides the icon of every app; nobody signs in to this one, so it stays as somebody set it.
    { parent, ignoreChanges: ["hideIos", "hideWeb"] },
  );
}

function authorizationServer(
  name: string,
  server: AuthorizationServerConfig,
  parent: pulumi.Resource,
): okta.auth.Server {
  if (server.kind === "existing") {
    // Read by id, never changed. It has another logical name than the own one, so that moving from one to the other
    // deletes the own server instead of taking it for the one that is read.
    return okta.auth.Server.get(`${name}-existing-authorization-server`, server.id, {}, { parent });
  }
  return new okta.auth.Server(
    `${name}-authorization-server`,
    {
      name: server.name,
      description: server.description,
      audiences: [server.audience],
      issuerMode: "ORG_URL",
    },
    { parent },
  );
}

// Scopes, policies and rules belong to one authorization server, but the provider would send a change of server to
// the old id at the new place (none of the ids is ForceNew). So each is replaced: made there first, then removed here.
const SERVER_IDS = ["authServerId"];
const RULE_IDS = ["authServerId", "policyId"];

function declareScopes(
  name: string,
  scopes: ServiceAppConfig["scopes"],
  authServerId: pulumi.Input<string>,
  parent: pulumi.Resource,
): pulumi.Input<string>[] {
  return scopes.map((scope) => {
    if (scope.existing) return scope.name;
    const declared = new okta.auth.ServerScope(
      `${name}-scope-${scope.name}`,
      {
        authServerId,
        name: scope.name,
        description: scope.description ?? scope.name,
        consent: "IMPLICIT",
        metadataPublish: "NO_CLIENTS",
      },
      { parent, replaceOnChanges: SERVER_IDS },
    );
    return declared.name;
  });
}

interface PolicyParts {
  readonly app: okta.app.OAuth;
  readonly authServerId: pulumi.Input<string>;
  readonly scopes: pulumi.Input<string>[];
}

/** Only this app, only client credentials, only these scopes. A server without a fitting policy refuses every token. */
function declarePolicy(
  name: string,
  config: ServiceAppConfig,
  parts: PolicyParts,
  parent: pulumi.Resource,
): void {
  const { app, authServerId, scopes } = parts;
  const policy = new okta.auth.ServerPolicy(
    `${name}-policy`,
    {
      authServerId,
      name: config.label,
      description: `Only the app "${config.label}"`,
      priority: 1,
      clientWhitelists: [app.clientId],
    },
    { parent, replaceOnChanges: SERVER_IDS },
  );
  new okta.auth.ServerPolicyRule(
    `${name}-rule`,
    {
      authServerId,
      policyId: policy.id,
      name: "client credentials",
      priority: 1,
      grantTypeWhitelists: ["client_credentials"],
      scopeWhitelists: scopes,
      groupWhitelists: ["EVERYONE"],
      accessTokenLifetimeMinutes: config.accessTokenLifetimeMinutes,
    },
    { parent, replaceOnChanges: RULE_IDS },
  );
}
