import * as pulumi from "@pulumi/pulumi";

export interface OrganizationRosterArgs {
  /** The organization, if the stack has it: people leave with it, and need not be removed one by one. */
  readonly organization?: pulumi.Resource;
  readonly organizationId: pulumi.Input<string>;
  /** The people: a CSV or YAML file, by a path from `folder`. */
  readonly membersFile: string;
  /** The project's folder. It stays out of the state, since it differs from machine to machine. */
  readonly folder: string;
  /** Ids of the roles that the stack declares, by name. The file may name others that the tenant has. */
  readonly roles: Readonly<Record<string, pulumi.Input<string>>>;
  readonly mode: "additive" | "authoritative";
  /** The share of the members, in percent, that an authoritative roster may remove without consent. */
  readonly removeAtMostPercent?: number | undefined;
  /** So many people may go in spite of that. */
  readonly consentToRemove?: number | undefined;
  /** The id of the organization whose people, all of them, are taken over as if they had been declared here. */
  readonly adopt?: string | undefined;
}

/**
 * The people of the organization in one resource, for organizations of hundreds and thousands: see `roster/`. Who is
 * declared is the stack's: who is taken out of the file leaves, and who was never declared stays.
 */
export class OrganizationRoster extends pulumi.ComponentResource {
  constructor(name: string, args: OrganizationRosterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:OrganizationRoster", name, {}, opts);

    const { organization, folder, adopt, ...inputs } = args;
    new Roster(
      name,
      { ...inputs, membersFolder: folder },
      {
        parent: this,
        provider: new RosterProvider(name, auth0Settings(), { parent: this }),
        // A component does not hand its own on.
        ...(opts?.dependsOn && { dependsOn: opts.dependsOn }),
        ...(organization && { deletedWith: organization }),
        ...(adopt !== undefined && { import: adopt }),
      },
    );
    this.registerOutputs({});
  }
}

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

class RosterProvider extends pulumi.ProviderResource {
  constructor(name: string, settings: Record<string, pulumi.Input<string>>, opts: pulumi.ResourceOptions) {
    super("roster", name, settings, opts);
  }
}

class Roster extends pulumi.CustomResource {
  constructor(name: string, inputs: pulumi.Inputs, opts: pulumi.CustomResourceOptions) {
    super("roster:index:OrganizationRoster", name, inputs, opts);
  }
}
