import { Connection } from "@pulumi/auth0/connection.js";
import { Organization } from "@pulumi/auth0/organization.js";
import { OrganizationConnection } from "@pulumi/auth0/organizationConnection.js";
import * as pulumi from "@pulumi/pulumi";

/** One organization and one connection: a new one by name, or an existing one by id. */
export interface OrganizationAccessArgs {
  /** 1 to 50 lower-case letters, digits, `-` and `_`, unique in the tenant. */
  readonly name: pulumi.Input<string>;
  /** As people see it, 1 to 255 characters. */
  readonly displayName: pulumi.Input<string>;
  /** https URL of the logo on the login page. */
  readonly logoUrl?: pulumi.Input<string> | undefined;
  /** `#RRGGBB`. Auth0 takes this and `pageBackgroundColor`, or neither. */
  readonly primaryColor?: pulumi.Input<string> | undefined;
  /** `#RRGGBB`. */
  readonly pageBackgroundColor?: pulumi.Input<string> | undefined;
  /** Up to 25 texts of up to 255 characters. Left out, what the organization has stays. */
  readonly metadata?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;

  /** Id of a connection that exists, of any strategy. It is linked and never changed. */
  readonly connectionId?: pulumi.Input<string> | undefined;
  /** Name of a database connection to create, where there is no `connectionId`. */
  readonly newConnectionName?: pulumi.Input<string> | undefined;
  /** Of the new connection: `none`, `low`, `fair`, `good` (the default) or `excellent`. */
  readonly passwordPolicy?: pulumi.Input<string> | undefined;
  /** Of the new connection: how many of their last passwords people may not take again, 0 to 24; 5 unless given. */
  readonly passwordHistory?: number | undefined;
  /** Of the new connection: common passwords are refused; `true` unless given. */
  readonly passwordDictionary?: pulumi.Input<boolean> | undefined;
  /** Of the new connection: passwords with the person's own data in them are refused; `true` unless given. */
  readonly passwordNoPersonalInfo?: pulumi.Input<boolean> | undefined;
  /**
   * Whether the new connection may be deleted and replaced, and its users with it. By default it is protected, and
   * kept when the stack goes.
   */
  readonly deleteConnectionWithStack?: boolean | undefined;

  /** Who logs in through the connection becomes a member. Auth0's default is `false`. */
  readonly assignMembershipOnLogin?: pulumi.Input<boolean> | undefined;
  /**
   * People may sign up; for database connections only, and with `assignMembershipOnLogin`. Give `false` rather than
   * nothing: left out, the provider keeps what was set before, and the door would stay open. A new connection is
   * closed unless this is `true`: any application of the tenant that is enabled on it would let strangers in.
   */
  readonly isSignupEnabled?: pulumi.Input<boolean> | undefined;
  /** A button on the login page; for enterprise connections only. */
  readonly showAsButton?: pulumi.Input<boolean> | undefined;
}

/**
 * An Auth0 Organization in its branding, and the connection through which its people sign in.
 * Management API: POST /api/v2/organizations, /connections and /organizations/{id}/enabled_connections.
 */
export class OrganizationAccess extends pulumi.ComponentResource {
  /** Whatever belongs to it goes with it. */
  readonly organization: pulumi.Resource;
  readonly organizationId: pulumi.Output<string>;
  readonly organizationName: pulumi.Output<string>;
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: OrganizationAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:OrganizationAccess", name, {}, opts);

    const organization = declareOrganization(name, args, this);
    const connectionId = args.connectionId ?? declareConnection(name, args, this).id;
    const { assignMembershipOnLogin, isSignupEnabled, showAsButton } = args;
    new OrganizationConnection(
      `${name}-connection`,
      {
        ...{ organizationId: organization.id, connectionId },
        ...{ assignMembershipOnLogin, isSignupEnabled, showAsButton },
      },
      // The provider would send a change of either id to the old pair at the new place (it lacks ForceNew).
      { parent: this, replaceOnChanges: ["organizationId", "connectionId"], deletedWith: organization },
    );

    this.organization = organization;
    this.organizationId = organization.id;
    this.organizationName = organization.name;
    this.connectionId = pulumi.output(connectionId);
    this.registerOutputs({
      organizationId: this.organizationId,
      organizationName: this.organizationName,
      connectionId: this.connectionId,
    });
  }
}

function declareOrganization(name: string, args: OrganizationAccessArgs, parent: pulumi.Resource) {
  const { displayName, logoUrl, primaryColor, pageBackgroundColor, metadata } = args;
  const colors =
    primaryColor === undefined || pageBackgroundColor === undefined
      ? undefined
      : { primary: primaryColor, page_background: pageBackgroundColor };
  const branding = logoUrl === undefined && colors === undefined ? undefined : { logoUrl, colors };
  return new Organization(name, { name: args.name, displayName, branding, metadata }, { parent });
}

function declareConnection(name: string, args: OrganizationAccessArgs, parent: pulumi.Resource) {
  const { newConnectionName, passwordPolicy = "good", deleteConnectionWithStack = false } = args;
  const { passwordHistory = 5, passwordDictionary = true, passwordNoPersonalInfo = true } = args;
  if (newConnectionName === undefined) {
    const reason = "either connectionId or newConnectionName has to be there";
    throw new pulumi.InputPropertyError({ propertyPath: "newConnectionName", reason });
  }
  return new Connection(
    `${name}-users`,
    {
      // Auth0's word for a database.
      strategy: "auth0",
      name: newConnectionName,
      options: {
        passwordPolicy,
        passwordHistories: [{ enable: passwordHistory > 0, size: passwordHistory }],
        passwordDictionary: { enable: passwordDictionary },
        passwordNoPersonalInfo: { enable: passwordNoPersonalInfo },
        bruteForceProtection: true,
        disableSignup: pulumi.output(args.isSignupEnabled).apply((open) => open !== true),
      },
    },
    // Deleting or replacing a database connection deletes its users.
    { parent, protect: !deleteConnectionWithStack, retainOnDelete: !deleteConnectionWithStack },
  );
}
