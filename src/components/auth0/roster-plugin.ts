/** The plugin of `packages/roster`: it takes the auth0 provider's settings, and has resources that Auth0's own lacks. */
import * as pulumi from "@pulumi/pulumi";

/** What configuration gives the auth0 provider; what it takes from the environment the roster does too. */
function auth0Settings(): Record<string, pulumi.Input<string>> {
  const config = new pulumi.Config("auth0");
  const plain = ["domain", "audience", "clientId", "clientAssertionSigningAlg", "cliLogin"];
  const secret = ["apiToken", "clientSecret", "clientAssertionPrivateKey"];
  const settings = [
    ...plain.map((key) => [key, config.get(key)] as const),
    ...secret.map((key) => [key, config.getSecret(key)] as const),
  ];
  return Object.fromEntries(settings.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

export class RosterProvider extends pulumi.ProviderResource {
  constructor(name: string, opts: pulumi.ResourceOptions) {
    super("roster", name, auth0Settings(), opts);
  }
}

export class Roster extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    super("roster:index:OrganizationRoster", name, inputs, opts);
  }
}

export class OrganizationLogin extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    super("roster:index:OrganizationLogin", name, inputs, opts);
  }
}

export class Invitation extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    super("roster:index:Invitation", name, inputs, opts);
  }
}
