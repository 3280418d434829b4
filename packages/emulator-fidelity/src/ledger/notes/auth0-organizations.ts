import type { AreaNotes } from "../note.ts";

/** The Management API's operations on organizations and what belongs to them. */
export const organizationAreas: Readonly<Record<string, AreaNotes>> = {
  Organizations: {
    setUp: ["organizations"],
    operations: {
      get_organizations: { basis: "recorded" },
      get_name_by_name: { basis: "recorded" },
      get_organizations_by_id: { basis: "recorded" },
      post_organizations: { basis: "recorded" },
      patch_organizations_by_id: { basis: "recorded" },
      delete_organizations_by_id: { basis: "recorded" },
    },
  },
  "Organization connections": {
    setUp: ["organization_connections"],
    operations: {
      get_organization_connections: { basis: "recorded" },
      get_organization_connection: { basis: "recorded" },
      post_organization_connections: {
        basis: "recorded",
        unconfirmed: ["The text of the 409 for a connection that the organization has already."],
      },
      patch_organization_connection: { basis: "recorded" },
      delete_organization_connection: { basis: "recorded" },
    },
  },
  "Organization connections, the older paths": {
    setUp: ["organization_connections"],
    operations: {
      get_enabled_connections: { basis: "documented" },
      get_enabled_connections_by_connectionId: { basis: "documented" },
      post_enabled_connections: {
        basis: "documented",
        unconfirmed: ["The text of the 409 for a connection that the organization has already."],
      },
      patch_enabled_connections_by_connectionId: { basis: "documented" },
      delete_enabled_connections_by_connectionId: { basis: "documented" },
    },
  },
  "Organization members": {
    setUp: ["organization_members"],
    operations: {
      get_members: { basis: "recorded" },
      post_members: {
        basis: "recorded",
        unconfirmed: [
          "The 404 for an unknown user, and that a user who is a member already is taken without a word.",
        ],
      },
      delete_members: { basis: "recorded" },
    },
  },
  "Roles of organization members": {
    setUp: ["organization_member_roles"],
    operations: {
      get_organization_member_roles: { basis: "recorded" },
      get_organization_member_effective_roles: {
        basis: "documented",
        differs: ["Every role is held directly: a local tenant has no groups."],
      },
      post_organization_member_roles: {
        basis: "recorded",
        unconfirmed: ["The 404 for a user who is no member, and its text."],
      },
      delete_organization_member_roles: { basis: "recorded" },
    },
  },
  "Client grants of organizations": {
    setUp: ["organization_client_grants"],
    operations: {
      "get_organization-client-grants": { basis: "recorded" },
      "create_organization-client-grants": {
        basis: "recorded",
        unconfirmed: [
          "The 409s have the documentation's texts and no error code.",
          "A grant whose `organization_usage` is `deny` is taken.",
        ],
      },
      "delete_client-grants_by_grant_id": { basis: "recorded" },
    },
  },
  "Clients of organizations": {
    setUp: ["organization_clients"],
    differs: ["Which clients the members of an organization may log in to is kept and shown, not enforced."],
    operations: {
      get_organization_clients: { basis: "recorded" },
      get_organization_client: { basis: "recorded" },
      post_organization_clients: {
        basis: "recorded",
        unconfirmed: ["The text of the 409 for a client that the organization has already."],
      },
      patch_organization_client: { basis: "recorded" },
      delete_organization_clients: { basis: "recorded" },
    },
  },
  "Discovery domains of organizations": {
    setUp: ["organization_discovery_domains"],
    differs: ["A domain is verified when a request says so; no DNS record is ever looked up."],
    operations: {
      get_organization_discovery_domains: { basis: "recorded" },
      get_organization_discovery_domain_by_name: { basis: "documented" },
      get_organization_discovery_domain: { basis: "recorded" },
      create_organization_discovery_domain: {
        basis: "recorded",
        unconfirmed: ["The 409 for a domain that the organization has already, and its text."],
      },
      update_organization_discovery_domain: { basis: "recorded" },
      delete_organization_discovery_domain: { basis: "recorded" },
    },
  },
  "Invitations to organizations": {
    setUp: ["organization_invitations"],
    differs: ["No mail is sent."],
    operations: {
      get_invitations: { basis: "recorded" },
      get_invitations_by_invitation_id: { basis: "recorded" },
      post_invitations: {
        basis: "recorded",
        unconfirmed: ["The order in which client, connection and roles are looked for."],
      },
      delete_invitations_by_invitation_id: { basis: "recorded" },
    },
  },
  "Roles within organizations": {
    setUp: ["organization_member_roles"],
    operations: {
      get_organization_role_members: { basis: "recorded" },
      get_organization_role_groups: {
        basis: "recorded",
        differs: ["The list is always empty: a local tenant has no groups."],
      },
    },
  },
};
