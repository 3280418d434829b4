import { Connection } from "@pulumi/auth0/connection.js";
import { GroupAssignment } from "@pulumi/okta/app/groupAssignment.js";
import { OAuth } from "@pulumi/okta/app/oauth.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { oktaSignInInputs } from "../checks/connections.ts";

export interface OktaSignInArgs {
  /** Of the Auth0 connection: 1 to 128 letters, digits and single hyphens between them, unique in the tenant. */
  readonly connectionName: pulumi.Input<string>;
  /** What the button on the login page says, and the application in Okta. */
  readonly displayName: pulumi.Input<string>;
  /** The host of the Okta org, for instance `acme.okta.com`. */
  readonly oktaDomain: pulumi.Input<string>;
  /** Hosts at which the Auth0 tenant logs people in: its own, and the custom domain if it has one. */
  readonly auth0Domains: pulumi.Input<string>[];
  /** Applications of third parties may use it, every one of the tenant. Left out, it stays as it is. */
  readonly isDomainLevel?: pulumi.Input<boolean> | undefined;
  /** Ids of Okta groups whose people may sign in, by a name that is known before anything is created. */
  readonly groupIds: Readonly<Record<string, pulumi.Input<string>>>;
}

/**
 * Sign-in at Okta, both ends of it: the web application there (authorization code with PKCE) for groups of the org, and
 * the Auth0 enterprise connection that uses it. Okta: POST /api/v1/apps, PUT …/groups/{id}; Auth0: POST
 * /api/v2/connections with the strategy `okta`.
 */
export class OktaSignIn extends pulumi.ComponentResource {
  static readonly inputs = oktaSignInInputs;

  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: OktaSignInArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(OktaSignIn.inputs, args);
    super("ai-api-access:okta:OktaSignIn", name, {}, opts);

    const app = new OAuth(
      name,
      {
        label: args.displayName,
        type: "web",
        grantTypes: ["authorization_code"],
        responseTypes: ["code"],
        tokenEndpointAuthMethod: "client_secret_post",
        pkceRequired: true,
        redirectUris: args.auth0Domains.map((domain) => pulumi.interpolate`https://${domain}/login/callback`),
        // People come from Auth0's login page, not from Okta's dashboard.
        hideIos: true,
        hideWeb: true,
        loginMode: "DISABLED",
      },
      { parent: this, additionalSecretOutputs: ["clientSecret"] },
    );
    for (const [group, groupId] of Object.entries(args.groupIds)) {
      new GroupAssignment(`${name}-${group}`, { appId: app.id, groupId }, { parent: this, deletedWith: app });
    }
    const connection = new Connection(
      name,
      {
        name: args.connectionName,
        strategy: "okta",
        displayName: args.displayName,
        ...(args.isDomainLevel !== undefined && { isDomainConnection: args.isDomainLevel }),
        options: {
          clientId: app.clientId,
          clientSecret: pulumi.secret(app.clientSecret),
          domain: args.oktaDomain,
          scopes: ["openid", "profile", "email"],
          // Left out, Auth0 fills these in, and every preview would take them away.
          iconUrl: "",
          nonPersistentAttrs: [],
          setUserRootAttributes: "on_each_login",
          connectionSettings: { pkce: "auto" },
          attributeMap: {
            mappingMode: "basic_profile",
            userinfoScope: "openid email profile",
            // Auth0 keeps the keys in alphabetical order.
            attributes: JSON.stringify({
              email: "${context.tokenset.email}",
              name: "${context.tokenset.name}",
            }),
          },
        },
      },
      { parent: this },
    );
    this.connectionId = connection.id;
    this.registerOutputs({ connectionId: this.connectionId });
  }
}
