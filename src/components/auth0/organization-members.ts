import { OrganizationMember } from "@pulumi/auth0/organizationMember.js";
import { OrganizationMemberRole } from "@pulumi/auth0/organizationMemberRole.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { organizationMembersInputs } from "../checks/members.ts";
import { Invitation } from "./roster-plugin.ts";

/** A person of the organization. */
export interface OrganizationMemberArgs {
  /** Part of the logical names, so it is known before anything is created. */
  readonly userId: string;
  readonly roles: OrganizationMemberRoleArgs[];
}

export interface OrganizationMemberRoleArgs {
  /** Names the role for good: the declared name, or the id of a role that is not the stack's own. */
  readonly key: string;
  readonly id: pulumi.Input<string>;
}

/** Somebody that the tenant does not know. */
export interface InvitedArgs {
  /** In lower case; part of the logical name. */
  readonly email: string;
  /** Ids. */
  readonly roles: pulumi.Input<string>[];
  /** The application that the invitation leads to. */
  readonly clientId: pulumi.Input<string>;
  /** What the mail calls whoever sends it. */
  readonly inviter: string;
}

export interface OrganizationMembersArgs {
  /** The organization, if the stack has it: people leave with it, and need not be removed one by one. */
  readonly organization?: pulumi.Resource;
  readonly organizationId: pulumi.Input<string>;
  readonly members: OrganizationMemberArgs[];
  /** They become members once they have come. */
  readonly invited?: InvitedArgs[] | undefined;
}

/**
 * The people of the organization and their roles in it. One resource for each person and one for each of their roles:
 * people who joined by login or invitation, and roles given by hand, are left alone.
 * Management API: POST /api/v2/organizations/{id}/members, …/members/{user_id}/roles and …/invitations.
 *
 * Logical names come from ids, never from the place in a list or from the way a person is written: another logical
 * name for the same membership would add it again and then remove it.
 *
 * With anybody to invite, `opts.providers` must have the stack's `RosterProvider`.
 */
export class OrganizationMembers extends pulumi.ComponentResource {
  static readonly inputs = organizationMembersInputs;

  constructor(name: string, args: OrganizationMembersArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(OrganizationMembers.inputs, args);
    super("ai-api-access:auth0:OrganizationMembers", name, {}, opts);

    const { organization, organizationId } = args;
    // A component does not hand its own `dependsOn` on.
    const options = {
      parent: this,
      ...(opts?.dependsOn && { dependsOn: opts.dependsOn }),
      ...(organization && { deletedWith: organization }),
    };
    for (const { userId, roles } of args.members) {
      const member = new OrganizationMember(`${name}-${userId}`, { organizationId, userId }, options);
      for (const role of roles) {
        new OrganizationMemberRole(
          `${name}-${userId}-${role.key}`,
          { organizationId, userId, roleId: role.id },
          { ...options, dependsOn: member },
        );
      }
    }
    for (const { email, ...terms } of args.invited ?? []) {
      const inputs = { organizationId, email, ...terms };
      new Invitation(`${name}-${email}`, inputs, options);
    }
    this.registerOutputs({});
  }
}
