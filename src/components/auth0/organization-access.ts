import { Organization } from "@pulumi/auth0/organization.js";
import { OrganizationConnection } from "@pulumi/auth0/organizationConnection.js";
import { OrganizationDiscoveryDomain } from "@pulumi/auth0/organizationDiscoveryDomain.js";
import * as pulumi from "@pulumi/pulumi";
import { checkInputs } from "../checks/inputs.ts";
import { organizationAccessInputs } from "../checks/organization.ts";

/** How people sign in to the organization through one connection. */
export interface OrganizationAccessConnection {
  /** Part of the logical name, so it is known before anything is created. */
  readonly name: string;
  readonly connectionId: pulumi.Input<string>;
  /** Who logs in through the connection becomes a member. Auth0's default is `false`. */
  readonly assignMembershipOnLogin?: pulumi.Input<boolean> | undefined;
  /**
   * People may sign up; for database connections only, and with `assignMembershipOnLogin`. Give `false` rather than
   * nothing: left out, the provider keeps what was set before, and the door would stay open.
   */
  readonly isSignupEnabled?: pulumi.Input<boolean> | undefined;
  /** A button on the login page; for enterprise connections only. */
  readonly showAsButton?: pulumi.Input<boolean> | undefined;
}

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
  /** 1 to 10. */
  readonly connections: OrganizationAccessConnection[];
  /** Domains of email addresses whose people are led to the organization, each of one organization. */
  readonly discoveryDomains?: string[] | undefined;
  /** How many tokens machines get for the organization in a day. */
  readonly tokensPerDay?: pulumi.Input<number> | undefined;
  /** How many in an hour. */
  readonly tokensPerHour?: pulumi.Input<number> | undefined;
  /** Whether more are refused, or only written to the tenant's log; `true` unless given. */
  readonly enforceTokenQuota?: pulumi.Input<boolean> | undefined;
  /** `allow` or `block` (Auth0's default): whether people log in to it through third-party applications. */
  readonly thirdPartyClientAccess?: pulumi.Input<string> | undefined;
  /** Whether a deletion is refused. With the organization all memberships go. `false` unless given. */
  readonly isProtected?: boolean | undefined;
}

/**
 * An Auth0 Organization in its branding, with the connections through which its people sign in and the domains by
 * which they find it. Management API: POST /api/v2/organizations, /organizations/{id}/enabled_connections and
 * …/discovery-domains.
 */
export class OrganizationAccess extends pulumi.ComponentResource {
  static readonly inputs = organizationAccessInputs;

  /** Whatever belongs to it goes with it. */
  readonly organization: pulumi.Resource;
  readonly organizationId: pulumi.Output<string>;
  readonly organizationName: pulumi.Output<string>;

  constructor(name: string, args: OrganizationAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    checkInputs(OrganizationAccess.inputs, args);
    super("ai-api-access:auth0:OrganizationAccess", name, {}, opts);

    const organization = declareOrganization(name, args, this);
    const organizationId = organization.id;
    for (const [index, { name: connection, ...usage }] of args.connections.entries()) {
      new OrganizationConnection(
        `${name}.${connection}`,
        { organizationId, ...usage },
        {
          parent: this,
          // The provider would send a change of either id to the old pair at the new place (it lacks ForceNew).
          replaceOnChanges: ["organizationId", "connectionId"],
          deletedWith: organization,
          // What the only one was called before there could be several.
          ...(index === 0 && { aliases: [{ name: `${name}-connection` }] }),
        },
      );
    }
    for (const domain of args.discoveryDomains ?? []) {
      new OrganizationDiscoveryDomain(
        `${name}.${domain}`,
        { organizationId, domain, status: "verified", useForOrganizationDiscovery: true },
        { parent: this, replaceOnChanges: ["organizationId", "domain"], deletedWith: organization },
      );
    }

    this.organization = organization;
    this.organizationId = organizationId;
    this.organizationName = organization.name;
    this.registerOutputs({ organizationId, organizationName: this.organizationName });
  }
}

function declareOrganization(name: string, args: OrganizationAccessArgs, parent: pulumi.Resource) {
  const { displayName, logoUrl, primaryColor, pageBackgroundColor, metadata, isProtected = false } = args;
  const { tokensPerDay: perDay, tokensPerHour: perHour, enforceTokenQuota: enforce = true } = args;
  const colors =
    primaryColor === undefined || pageBackgroundColor === undefined
      ? undefined
      : { primary: primaryColor, page_background: pageBackgroundColor };
  const branding = logoUrl === undefined && colors === undefined ? undefined : { logoUrl, colors };
  const hasQuota = perDay !== undefined || perHour !== undefined;
  const { thirdPartyClientAccess } = args;
  return new Organization(
    name,
    {
      ...{ name: args.name, displayName, branding, metadata, thirdPartyClientAccess },
      ...(hasQuota && { tokenQuota: { clientCredentials: { perDay, perHour, enforce } } }),
    },
    { parent, ...(isProtected && { protect: true }) },
  );
}
