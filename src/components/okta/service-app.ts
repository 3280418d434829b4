import { OAuth } from "@pulumi/okta/app/oauth.js";
import { Server } from "@pulumi/okta/auth/server.js";
import { ServerPolicy } from "@pulumi/okta/auth/serverPolicy.js";
import { ServerPolicyRule } from "@pulumi/okta/auth/serverPolicyRule.js";
import { ServerScope } from "@pulumi/okta/auth/serverScope.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { serviceAppInputs } from "../checks/service-app.ts";

/** A public key, RFC 7517: `e` and `n` for RSA, `x` and `y` for EC, base64url. */
export interface ServiceAppKey {
  /** `RSA` or `EC`. */
  readonly kty: pulumi.Input<string>;
  readonly kid: pulumi.Input<string>;
  readonly e?: pulumi.Input<string> | undefined;
  readonly n?: pulumi.Input<string> | undefined;
  readonly x?: pulumi.Input<string> | undefined;
  readonly y?: pulumi.Input<string> | undefined;
}

export interface ServiceAppScope {
  /** Part of the logical name, so it is known before anything is created. */
  readonly name: string;
  /** The name, unless it is given. */
  readonly description?: pulumi.Input<string> | undefined;
  /** The existing authorization server has it already: it is allowed, not created. */
  readonly existing?: boolean | undefined;
}

export interface ServiceAppArgs {
  /** 1 to 100 characters; also the name of the policy. */
  readonly label: pulumi.Input<string>;
  /** `client_secret_post`, `client_secret_basic`, or `private_key_jwt` with `jwks` or `jwksUri`. */
  readonly tokenEndpointAuthMethod: pulumi.Input<string>;
  /** One public key, or two while one takes over. With keys the app never has a secret. */
  readonly jwks?: ServiceAppKey[] | undefined;
  /** https URL of the public keys. */
  readonly jwksUri?: pulumi.Input<string> | undefined;
  /** URLs that Okta keeps for the app; client credentials make no use of them. */
  readonly redirectUris?: pulumi.Input<string>[] | undefined;
  readonly postLogoutRedirectUris?: pulumi.Input<string>[] | undefined;

  /** Id of an authorization server that exists; it is read and never changed. */
  readonly authorizationServerId?: pulumi.Input<string> | undefined;
  /** Name of the one to create, where there is no `authorizationServerId`. The label, unless it is given. */
  readonly authorizationServerName?: pulumi.Input<string> | undefined;
  /** Its name, unless it is given. */
  readonly authorizationServerDescription?: pulumi.Input<string> | undefined;
  /** `aud` of the tokens of the one to create, which has to have one. */
  readonly audience?: pulumi.Input<string> | undefined;

  /** What the app may ask for, at least one. */
  readonly scopes: ServiceAppScope[];
  /** 5 to 1440 minutes. Okta's default is 60. */
  readonly accessTokenLifetimeMinutes?: pulumi.Input<number> | undefined;
}

/**
 * An OAuth service app, and the authorization server that gives it tokens for its scopes.
 * Okta API: POST /api/v1/apps, /authorizationServers, …/scopes, …/policies and …/rules.
 */
export class ServiceApp extends pulumi.ComponentResource {
  static readonly inputs = serviceAppInputs;

  readonly clientId: pulumi.Output<string>;
  /** Secret; undefined for an app with keys. */
  readonly clientSecret: pulumi.Output<string> | undefined;
  readonly issuer: pulumi.Output<string>;
  readonly tokenEndpoint: pulumi.Output<string>;
  readonly audience: pulumi.Output<string>;
  readonly scopes: string[];

  constructor(name: string, args: ServiceAppArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(ServiceApp.inputs, args);
    super("ai-api-access:okta:ServiceApp", name, {}, opts);

    const app = declareApp(name, args, this);
    const server = authorizationServer(name, args, this);
    const scopes = declareScopes(name, args, server, this);
    declarePolicy(name, args, { app, server, scopes }, this);

    this.clientId = app.clientId;
    this.clientSecret = hasKeys(args) ? undefined : pulumi.secret(app.clientSecret);
    this.issuer = server.issuer;
    this.tokenEndpoint = pulumi.interpolate`${server.issuer}/v1/token`;
    this.audience = server.audiences.apply(([first]) => first ?? "");
    this.scopes = args.scopes.map((scope) => scope.name);
    this.registerOutputs({
      clientId: this.clientId,
      ...(this.clientSecret && { clientSecret: this.clientSecret }),
      issuer: this.issuer,
      audience: this.audience,
    });
  }
}

function hasKeys({ jwks, jwksUri }: ServiceAppArgs): boolean {
  return jwks !== undefined || jwksUri !== undefined;
}

function declareApp(name: string, args: ServiceAppArgs, parent: pulumi.Resource): OAuth {
  return new OAuth(
    name,
    {
      label: args.label,
      type: "service",
      grantTypes: ["client_credentials"],
      responseTypes: ["token"],
      tokenEndpointAuthMethod: args.tokenEndpointAuthMethod,
      jwks: args.jwks?.map((key) => ({ ...key })),
      jwksUri: args.jwksUri,
      // With a key, no secret may reach the state at all. Going back to a secret replaces the app (the provider's rule).
      omitSecret: hasKeys(args) ? true : undefined,
      redirectUris: unlessEmpty(args.redirectUris),
      postLogoutRedirectUris: unlessEmpty(args.postLogoutRedirectUris),
    },
    // The provider hides the icon of every app; nobody signs in to this one, so it stays as somebody set it.
    { parent, ignoreChanges: ["hideIos", "hideWeb"] },
  );
}

function unlessEmpty(list: readonly pulumi.Input<string>[] = []): pulumi.Input<string>[] | undefined {
  return list.length > 0 ? [...list] : undefined;
}

function authorizationServer(name: string, args: ServiceAppArgs, parent: pulumi.Resource): Server {
  const { authorizationServerId, authorizationServerName = args.label, audience } = args;
  if (authorizationServerId !== undefined) {
    // Read by id, never changed. It has another logical name than the own one, so that moving from one to the other
    // deletes the own server instead of taking it for the one that is read.
    return Server.get(`${name}-existing-authorization-server`, authorizationServerId, {}, { parent });
  }
  return new Server(
    `${name}-authorization-server`,
    {
      name: authorizationServerName,
      description: args.authorizationServerDescription ?? authorizationServerName,
      // The check of the inputs wants one.
      audiences: audience === undefined ? [] : [audience],
      issuerMode: "ORG_URL",
    },
    { parent },
  );
}

// Scopes, policies and rules belong to one authorization server, but the provider would send a change of server to
// the old id at the new place (none of the ids is ForceNew). So each is replaced: made there first, then removed here.
const SERVER_IDS = ["authServerId"];
const RULE_IDS = ["authServerId", "policyId"];

/** What is in an own server goes with it; one that exists stays, and is left by the stack's parts one by one. */
function withServer({ authorizationServerId }: ServiceAppArgs, server: Server) {
  return authorizationServerId === undefined ? { deletedWith: server } : {};
}

function declareScopes(
  name: string,
  args: ServiceAppArgs,
  server: Server,
  parent: pulumi.Resource,
): pulumi.Input<string>[] {
  return args.scopes.map((scope) => {
    if (scope.existing === true) return scope.name;
    const declared = new ServerScope(
      `${name}-scope-${scope.name}`,
      {
        authServerId: server.id,
        name: scope.name,
        description: scope.description ?? scope.name,
        consent: "IMPLICIT",
        metadataPublish: "NO_CLIENTS",
      },
      { parent, replaceOnChanges: SERVER_IDS, ...withServer(args, server) },
    );
    return declared.name;
  });
}

interface PolicyParts {
  readonly app: OAuth;
  readonly server: Server;
  readonly scopes: pulumi.Input<string>[];
}

/** Only this app, only client credentials, only these scopes. A server without a fitting policy refuses every token. */
function declarePolicy(
  name: string,
  args: ServiceAppArgs,
  parts: PolicyParts,
  parent: pulumi.Resource,
): void {
  const { app, server, scopes } = parts;
  const authServerId = server.id;
  const existing = args.authorizationServerId !== undefined;
  const policy = new ServerPolicy(
    `${name}-policy`,
    {
      authServerId,
      name: args.label,
      description: pulumi.interpolate`Only the app "${args.label}"`,
      priority: 1,
      clientWhitelists: [app.clientId],
    },
    {
      parent,
      replaceOnChanges: SERVER_IDS,
      ...withServer(args, server),
      // Where others have policies too, a new one comes first, and Okta renumbers all of them at each change.
      ...(existing && { ignoreChanges: ["priority"] }),
    },
  );
  new ServerPolicyRule(
    `${name}-rule`,
    {
      authServerId,
      policyId: policy.id,
      name: "client credentials",
      priority: 1,
      grantTypeWhitelists: ["client_credentials"],
      scopeWhitelists: scopes,
      groupWhitelists: ["EVERYONE"],
      accessTokenLifetimeMinutes: args.accessTokenLifetimeMinutes,
    },
    { parent, replaceOnChanges: RULE_IDS, deletedWith: policy },
  );
}
