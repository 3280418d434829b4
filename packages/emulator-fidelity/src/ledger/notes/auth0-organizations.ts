import type { AreaNotes } from "../notes.ts";

/** The Management API's operations on organizations and what belongs to them. */
export const organizationAreas: Readonly<Record<string, AreaNotes>> = {
  Organizations: {
    setUp: ["organizations"],
    recorded: `
      get_name_by_name get_organizations_by_id post_organizations patch_organizations_by_id
      delete_organizations_by_id`,
    echoed: "get_organizations",
    notes: {
      post_organizations: {
        differs: [
          "`third_party_client_access` shows once it was set; where nothing was said of it, in a tenant whose `features` in a snapshot say `early_access`, as at the vendor.",
        ],
      },
    },
  },
  "Organization connections": {
    setUp: ["organization_connections"],
    recorded: `
      get_organization_connections get_organization_connection post_organization_connections
      patch_organization_connection delete_organization_connection`,
    notes: {
      post_organization_connections: {
        unconfirmed: ["The text of the 409 for a connection that the organization has already."],
      },
    },
  },
  "Organization connections, the older paths": {
    setUp: ["organization_connections"],
    documented: `
      get_enabled_connections get_enabled_connections_by_connectionId post_enabled_connections
      patch_enabled_connections_by_connectionId delete_enabled_connections_by_connectionId`,
    notes: {
      post_enabled_connections: {
        unconfirmed: ["The text of the 409 for a connection that the organization has already."],
      },
    },
  },
  "Organization members": {
    setUp: ["organization_members"],
    recorded: "get_members post_members delete_members",
    notes: {
      post_members: {
        unconfirmed: [
          "The 404 for an unknown user, and that a user who is a member already is taken without a word.",
        ],
      },
    },
  },
  "Roles of organization members": {
    setUp: ["organization_member_roles"],
    recorded: "get_organization_member_roles post_organization_member_roles delete_organization_member_roles",
    documented: "get_organization_member_effective_roles",
    notes: {
      get_organization_member_effective_roles: {
        differs: ["Every role is held directly: a local tenant has no groups."],
      },
      post_organization_member_roles: { unconfirmed: ["The 404 for a user who is no member, and its text."] },
    },
  },
  "Client grants of organizations": {
    setUp: ["organization_client_grants"],
    recorded: `
      get_organization-client-grants create_organization-client-grants
      delete_client-grants_by_grant_id`,
    notes: {
      "create_organization-client-grants": {
        unconfirmed: [
          "The 409s have the documentation's texts and no error code.",
          "A grant whose `organization_usage` is `deny` is taken.",
        ],
      },
    },
  },
  "Clients of organizations": {
    setUp: ["organization_clients"],
    differs: ["Which clients the members of an organization may log in to is kept and shown, not enforced."],
    recorded: `
      get_organization_clients get_organization_client post_organization_clients
      patch_organization_client delete_organization_clients`,
    notes: {
      post_organization_clients: {
        unconfirmed: ["The text of the 409 for a client that the organization has already."],
      },
    },
  },
  "Discovery domains of organizations": {
    setUp: ["organization_discovery_domains"],
    differs: ["A domain is verified when a request says so; no DNS record is ever looked up."],
    recorded: `
      get_organization_discovery_domain create_organization_discovery_domain
      update_organization_discovery_domain delete_organization_discovery_domain`,
    documented: "get_organization_discovery_domain_by_name get_organization_discovery_domains",
    notes: {
      create_organization_discovery_domain: {
        unconfirmed: ["The 409 for a domain that the organization has already, and its text."],
      },
    },
  },
  "Invitations to organizations": {
    setUp: ["organization_invitations"],
    differs: ["No mail is sent."],
    documented: `
      get_invitations get_invitations_by_invitation_id post_invitations
      delete_invitations_by_invitation_id`,
    notes: {
      post_invitations: { unconfirmed: ["The order in which client, connection and roles are looked for."] },
    },
  },
  "Roles within organizations": {
    setUp: ["organization_member_roles"],
    recorded: "get_organization_role_members get_organization_role_groups",
    notes: {
      get_organization_role_groups: { differs: ["The list is always empty: a local tenant has no groups."] },
    },
  },
};
