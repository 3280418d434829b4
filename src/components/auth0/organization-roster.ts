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
  /** The id of the organization whose people, all of them, are taken over as if the roster had added them. */
  readonly adopt?: string | undefined;
}

/**
 * The people of the organization in one resource, for organizations of hundreds and thousands: see `roster/`.
 *
 * The baseline is saved before the first change: it tells what the roster is about to add, so that its own can be told
 * from what people and others did, even after a run that was killed.
 */
export class OrganizationRoster extends pulumi.ComponentResource {
  constructor(name: string, args: OrganizationRosterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:OrganizationRoster", name, {}, opts);

    const { organizationId, membersFile, folder, roles, mode } = args;
    const provider = new RosterProvider(name, auth0Settings(), { parent: this });
    const options = {
      parent: this,
      provider,
      ...(args.organization && { deletedWith: args.organization }),
    };
    const people = { organizationId, membersFile, membersFolder: folder, roles, mode };
    const baseline = new Baseline(name, people, options);
    const { removeAtMostPercent, consentToRemove, adopt } = args;
    new Roster(
      name,
      { ...people, baseline: baseline.record, removeAtMostPercent, consentToRemove },
      { ...options, ...(adopt !== undefined && { import: adopt }) },
    );
    this.registerOutputs({});
  }
}

/** What the auth0 provider is told by configuration; what it takes from the environment the roster does too. */
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

interface People {
  readonly organizationId: pulumi.Input<string>;
  readonly membersFile: string;
  readonly membersFolder: string;
  readonly roles: Readonly<Record<string, pulumi.Input<string>>>;
  readonly mode: string;
}

class Baseline extends pulumi.CustomResource {
  declare readonly record: pulumi.Output<string>;

  constructor(name: string, people: People, opts: pulumi.CustomResourceOptions) {
    super("roster:index:Baseline", name, { ...people, record: undefined }, opts);
  }
}

interface RosterArgs extends People {
  readonly baseline: pulumi.Output<string>;
  readonly removeAtMostPercent: number | undefined;
  readonly consentToRemove: number | undefined;
}

class Roster extends pulumi.CustomResource {
  constructor(name: string, args: RosterArgs, opts: pulumi.CustomResourceOptions) {
    super("roster:index:OrganizationRoster", name, { ...args }, opts);
  }
}
