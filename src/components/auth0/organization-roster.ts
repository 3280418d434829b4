import * as pulumi from "@pulumi/pulumi";
import { Roster } from "./roster-plugin.ts";

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
  /** How many people may go beyond that share. */
  readonly consentToRemove?: number | undefined;
  /** Auth0's strategies with which strangers can make themselves an account that the organization takes. */
  readonly openStrategies?: string[] | undefined;
  /** The application that people who are invited log in to. Without, nobody can be. */
  readonly clientId?: pulumi.Input<string> | undefined;
  /** What their mail calls whoever invites them. */
  readonly inviter?: string | undefined;
  /** The id of the organization whose people, all of them, are taken over as if they had been declared here. */
  readonly adopt?: string | undefined;
}

/**
 * The people of the organization in one resource, for organizations of hundreds and thousands: see `packages/roster`. Who is
 * declared is the stack's: who is taken out of the file leaves, and who was never declared stays.
 *
 * `opts.providers` must have the stack's `RosterProvider`.
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
        // A component does not hand its own on.
        ...(opts?.dependsOn && { dependsOn: opts.dependsOn }),
        ...(organization && { deletedWith: organization }),
        ...(adopt !== undefined && { import: adopt }),
      },
    );
    this.registerOutputs({});
  }
}
