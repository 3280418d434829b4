import { Client } from "@pulumi/auth0/client.js";
import { ClientGrant } from "@pulumi/auth0/clientGrant.js";
import { ConnectionClient } from "@pulumi/auth0/connectionClient.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { loginApplicationInputs } from "../checks/login-application.ts";

export interface LoginConnection {
  /** Part of the logical name, so it is known before anything is created. */
  readonly name: string;
  readonly connectionId: pulumi.Input<string>;
  /** It was the only one, which has had a name without the connection's own. */
  readonly isFormer?: boolean | undefined;
}

interface RefreshTokens {
  /** From logging in, however often they are used. */
  readonly lifetimeSeconds: pulumi.Input<number>;
  /** From their last use. */
  readonly idleLifetimeSeconds: pulumi.Input<number>;
}

/** The application, the connections that it is enabled on, and the API that it may ask for. */
export interface LoginApplicationArgs {
  /** Without `<` and `>`. */
  readonly name: pulumi.Input<string>;
  /** `regular_web`, which has a secret; `spa` or `native`, which have none. A change replaces the application. */
  readonly type: pulumi.Input<string>;
  /** URLs to which people return after login, at least one. */
  readonly callbacks: pulumi.Input<pulumi.Input<string>[]>;
  /** URLs to which people return after logout. */
  readonly logoutUrls?: pulumi.Input<pulumi.Input<string>[]> | undefined;
  /** https URL at which the application begins a login; invitations lead there. */
  readonly initiateLoginUri?: pulumi.Input<string> | undefined;
  /** People may find their organization by the domain of their email; `false` unless given. */
  readonly findsOrganizationByEmail?: boolean | undefined;
  /** `deny`, `allow` or `require`. Auth0's default is `deny`: no login to an organization at all. */
  readonly organizationUsage?: pulumi.Input<string> | undefined;
  /** `pre_login_prompt`, `post_login_prompt` or `no_prompt`; only with `organizationUsage: require`. */
  readonly organizationRequireBehavior?: pulumi.Input<string> | undefined;
  /** Refresh tokens, each good once, in seconds; without it the application gets none. */
  readonly refreshTokens?: RefreshTokens | undefined;
  /** Logins begin with a pushed authorization request (RFC 9126); `false` unless given. */
  readonly requirePushedAuthorizationRequests?: pulumi.Input<boolean> | undefined;
  /** Connections that it is enabled on. */
  readonly connections: LoginConnection[];
  /** The identifier of the API that people use through it. */
  readonly audience: pulumi.Input<string>;
  /** Names of permissions of the API: what the application may ask for on behalf of people. Left out, none. */
  readonly permissions?: pulumi.Input<string>[] | undefined;
}

/** Enables an application on connections, and leaves everybody else's entries there alone. */
export function enableOnConnections(
  name: string,
  clientId: pulumi.Input<string>,
  connections: readonly LoginConnection[],
  parent?: pulumi.Resource,
): void {
  for (const { name: connection, connectionId, isFormer } of connections) {
    new ConnectionClient(
      `${name}.${connection}`,
      { connectionId, clientId },
      {
        ...(parent && { parent }),
        ...(isFormer && { aliases: [{ name: `${name}-connection` }] }),
      },
    );
  }
}

/**
 * The application through which people log in, enabled on the connections and granted the API. All of it is needed:
 * with the connection on the organization alone, login fails; without the grant, an API that requires one refuses.
 * Management API: POST /api/v2/clients and /client-grants, PATCH /api/v2/connections/{id}/clients.
 */
export class LoginApplication extends pulumi.ComponentResource {
  static readonly inputs = loginApplicationInputs;

  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: LoginApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(LoginApplication.inputs, args);
    super("ai-api-access:auth0:LoginApplication", name, {}, opts);

    const client = new Client(
      name,
      {
        name: args.name,
        appType: args.type,
        callbacks: args.callbacks,
        allowedLogoutUrls: args.logoutUrls,
        grantTypes: ["authorization_code", ...(args.refreshTokens ? ["refresh_token"] : [])],
        refreshToken: args.refreshTokens && rotating(args.refreshTokens),
        requirePushedAuthorizationRequests: args.requirePushedAuthorizationRequests ?? false,
        oidcConformant: true,
        // Left out, an application made through the API gets ID tokens of HS256, which most libraries refuse.
        jwtConfiguration: { alg: "RS256" },
        initiateLoginUri: args.initiateLoginUri,
        organizationUsage: args.organizationUsage,
        // Left out, Auth0 asks for the name of the organization alone.
        ...(args.findsOrganizationByEmail && {
          organizationDiscoveryMethods: ["email", "organization_name"],
        }),
        organizationRequireBehavior: args.organizationRequireBehavior,
      },
      {
        parent: this,
        // The SDK describes every client; what somebody wrote in its place stays.
        ignoreChanges: ["description"],
        // The type decides at the creation alone whether the application has a secret.
        replaceOnChanges: ["appType"],
      },
    );
    enableOnConnections(name, client.id, args.connections, this);

    const { audience, permissions = [] } = args;
    new ClientGrant(
      `${name}-api`,
      // On behalf of people, who get what their roles allow of it.
      { clientId: client.id, audience, subjectType: "user", scopes: [...permissions] },
      { parent: this, deletedWith: client },
    );

    this.clientId = client.clientId;
    this.registerOutputs({ clientId: this.clientId });
  }
}

/** Somebody who steals one is found out when it is used a second time (Auth0 docs: refresh token rotation). */
function rotating({ lifetimeSeconds, idleLifetimeSeconds }: RefreshTokens) {
  return {
    rotationType: "rotating",
    expirationType: "expiring",
    tokenLifetime: lifetimeSeconds,
    idleTokenLifetime: idleLifetimeSeconds,
    infiniteTokenLifetime: false,
    infiniteIdleTokenLifetime: false,
  };
}
