import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { StackConfig } from "../../config/stack-config.ts";

export interface LoginApplicationArgs {
  readonly loginApp: NonNullable<StackConfig["loginApp"]>;
  readonly connectionId: pulumi.Input<string>;
}

/**
 * The application through which people log in, enabled on the connection. Both halves are needed: with the
 * connection on the organization alone, login fails.
 */
export class LoginApplication extends pulumi.ComponentResource {
  readonly clientId: pulumi.Output<string>;

  constructor(name: string, args: LoginApplicationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:LoginApplication", name, {}, opts);

    const { loginApp, connectionId } = args;
    const requireBehavior = loginApp.organizationRequireBehavior ?? "pre_login_prompt";
    const client = new auth0.Client(
      name,
      {
        name: loginApp.name,
        appType: loginApp.type,
        callbacks: loginApp.callbacks,
        allowedLogoutUrls: loginApp.logoutUrls,
        grantTypes: ["authorization_code", "refresh_token"],
        oidcConformant: true,
        // Left out, an application made through the API gets ID tokens of HS256, which most libraries refuse.
        jwtConfiguration: { alg: "RS256" },
        organizationUsage: loginApp.organizationUsage,
        ...(loginApp.organizationUsage === "require" && { organizationRequireBehavior: requireBehavior }),
      },
      // The SDK describes every client; what somebody wrote in its place stays.
      { parent: this, ignoreChanges: ["description"] },
    );
    // The singular resource: it touches this application's entry and leaves everybody else's alone.
    new auth0.ConnectionClient(`${name}-connection`, { connectionId, clientId: client.id }, { parent: this });

    this.clientId = client.clientId;
    this.registerOutputs({ clientId: this.clientId });
  }
}
