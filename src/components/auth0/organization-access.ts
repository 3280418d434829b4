import * as auth0 from "@pulumi/auth0";
import * as pulumi from "@pulumi/pulumi";
import type { ConnectionConfig, OwnConnection, StackConfig } from "../../config/stack-config.ts";
import { DATABASE } from "./connection-rules.ts";
import type { FoundConnection } from "../../lookups.ts";

export interface OrganizationAccessArgs {
  readonly organization: StackConfig["organization"];
  readonly connection: ConnectionConfig;
  /** The connection that exists, when the configuration names one. */
  readonly found: FoundConnection | undefined;
}

/** An Auth0 Organization in its branding, and the connection through which its people sign in. */
export class OrganizationAccess extends pulumi.ComponentResource {
  /** Whatever belongs to it goes with it. */
  readonly organization: pulumi.Resource;
  readonly organizationId: pulumi.Output<string>;
  readonly organizationName: pulumi.Output<string>;
  readonly connectionId: pulumi.Output<string>;

  constructor(name: string, args: OrganizationAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ai-api-access:auth0:OrganizationAccess", name, {}, opts);

    const organization = declareOrganization(name, args.organization, this);
    const connection = args.found ?? declareConnection(name, args.connection, this);
    const strategy = args.found?.strategy ?? DATABASE;
    new auth0.OrganizationConnection(
      `${name}-connection`,
      {
        organizationId: organization.id,
        connectionId: connection.id,
        assignMembershipOnLogin: args.connection.assignMembershipOnLogin,
        ...linkOptions(args.connection, strategy),
      },
      // The provider would send a change of either id to the old pair at the new place (it lacks ForceNew).
      { parent: this, replaceOnChanges: ["organizationId", "connectionId"] },
    );

    this.organization = organization;
    this.organizationId = organization.id;
    this.organizationName = organization.name;
    this.connectionId = pulumi.output(connection.id);
    this.registerOutputs({
      organizationId: this.organizationId,
      organizationName: this.organizationName,
      connectionId: this.connectionId,
    });
  }
}

function declareOrganization(
  name: string,
  organization: StackConfig["organization"],
  parent: pulumi.Resource,
) {
  const { branding, metadata } = organization;
  const { primaryColor, pageBackgroundColor } = branding ?? {};
  return new auth0.Organization(
    name,
    {
      name: organization.name,
      displayName: organization.displayName,
      ...(branding && {
        branding: {
          ...(branding.logoUrl !== undefined && { logoUrl: branding.logoUrl }),
          ...(primaryColor !== undefined &&
            pageBackgroundColor !== undefined && {
              colors: { primary: primaryColor, page_background: pageBackgroundColor },
            }),
        },
      }),
      ...(metadata && { metadata }),
    },
    { parent },
  );
}

function declareConnection(
  name: string,
  connection: ConnectionConfig,
  parent: pulumi.Resource,
): auth0.Connection {
  if (connection.kind === "existing") throw new Error(`connection ${connection.name} was not looked up`);
  return new auth0.Connection(
    `${name}-users`,
    {
      strategy: DATABASE,
      name: connection.name,
      options: { passwordPolicy: connection.passwordPolicy, bruteForceProtection: true },
    },
    { parent, ...keepUsers(connection) },
  );
}

/** Deleting or replacing a database connection deletes its users. */
function keepUsers({ deleteWithStack }: OwnConnection) {
  return { protect: !deleteWithStack, retainOnDelete: !deleteWithStack };
}

/**
 * What only some kinds of connection take: sign-up only databases, a button only enterprise connections. Sign-up is
 * written even when off: left out, the provider keeps what was set before, and the door would stay open.
 */
function linkOptions({ isSignupEnabled, showAsButton }: ConnectionConfig, strategy: string) {
  return {
    ...(strategy === DATABASE && { isSignupEnabled }),
    ...(showAsButton !== undefined && { showAsButton }),
  };
}
