import type { TenantNotes } from "../note.ts";
import { authenticationAreas } from "./auth0-authentication.ts";

/** How like Auth0 the local tenant is, operation by operation. */
export const auth0Notes: TenantNotes = {
  vendor: "Auth0",
  differs: [],
  areas: {
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
        post_organization_connections: { basis: "recorded" },
        patch_organization_connection: { basis: "recorded" },
        delete_organization_connection: { basis: "recorded" },
      },
    },
    "Organization connections, the older paths": {
      setUp: ["organization_connections"],
      operations: {
        get_enabled_connections: { basis: "documented" },
        get_enabled_connections_by_connectionId: { basis: "documented" },
        post_enabled_connections: { basis: "documented" },
        patch_enabled_connections_by_connectionId: { basis: "documented" },
        delete_enabled_connections_by_connectionId: { basis: "documented" },
      },
    },
    "Organization members": {
      setUp: ["organization_members"],
      operations: {
        get_members: { basis: "recorded" },
        post_members: { basis: "recorded" },
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
        post_organization_member_roles: { basis: "recorded" },
        delete_organization_member_roles: { basis: "recorded" },
      },
    },
    "Client grants of organizations": {
      setUp: ["organization_client_grants"],
      operations: {
        "get_organization-client-grants": { basis: "recorded" },
        "create_organization-client-grants": { basis: "recorded" },
        "delete_client-grants_by_grant_id": { basis: "recorded" },
      },
    },
    "Clients of organizations": {
      setUp: ["organization_clients"],
      differs: [
        "Which clients the members of an organization may log in to is kept and shown, not enforced.",
      ],
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
        post_invitations: { basis: "recorded" },
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
    Connections: {
      setUp: ["connections"],
      operations: {
        get_connections: { basis: "recorded" },
        get_connections_by_id: { basis: "recorded" },
        post_connections: { basis: "recorded" },
        patch_connections_by_id: { basis: "recorded" },
        delete_connections_by_id: { basis: "recorded" },
        get_status: { basis: "documented", differs: ["Every connection is online."] },
      },
    },
    "Clients of connections": {
      setUp: ["connection_clients"],
      operations: {
        get_connection_clients: { basis: "recorded" },
        patch_clients: { basis: "recorded" },
      },
    },
    Clients: {
      setUp: ["clients"],
      operations: {
        get_clients: { basis: "recorded" },
        get_clients_by_id: { basis: "recorded" },
        post_clients: { basis: "recorded" },
        patch_clients_by_id: { basis: "recorded" },
        delete_clients_by_id: { basis: "recorded" },
        post_rotate_secret: { basis: "documented" },
        get_client_connections: { basis: "recorded" },
      },
    },
    "Client credentials": {
      setUp: ["client_credentials"],
      operations: {
        get_credentials: { basis: "recorded" },
        get_credentials_by_credential_id: { basis: "recorded" },
        post_credentials: { basis: "recorded" },
        patch_credentials_by_credential_id: { basis: "recorded" },
        delete_credentials_by_credential_id: { basis: "recorded" },
      },
    },
    "Client grants": {
      setUp: ["client_grants", "organization_client_grants"],
      operations: {
        "get_client-grants": { basis: "recorded" },
        "get_client-grant": { basis: "recorded" },
        "post_client-grants": { basis: "recorded" },
        "patch_client-grants_by_id": { basis: "recorded" },
        "delete_client-grants_by_id": { basis: "recorded" },
        "get_client-grant-organizations": { basis: "recorded" },
      },
    },
    Roles: {
      setUp: ["roles"],
      operations: {
        get_roles: { basis: "recorded" },
        get_roles_by_id: { basis: "recorded" },
        post_roles: { basis: "recorded" },
        patch_roles_by_id: { basis: "recorded" },
        delete_roles_by_id: { basis: "recorded" },
      },
    },
    "Permissions of roles": {
      setUp: ["role_permissions"],
      operations: {
        get_role_permission: { basis: "recorded" },
        post_role_permission_assignment: { basis: "recorded" },
        delete_role_permission_assignment: { basis: "recorded" },
      },
    },
    "Users of roles": {
      setUp: ["user_roles"],
      operations: {
        get_role_user: { basis: "recorded" },
        post_role_users: { basis: "documented" },
      },
    },
    "Resource servers": {
      setUp: ["resource_servers"],
      operations: {
        "get_resource-servers": { basis: "documented" },
        "get_resource-servers_by_id": { basis: "recorded" },
        "post_resource-servers": { basis: "recorded" },
        "patch_resource-servers_by_id": { basis: "recorded" },
        "delete_resource-servers_by_id": { basis: "recorded" },
      },
    },
    Users: {
      setUp: ["users", "passwords"],
      operations: {
        get_users: { basis: "recorded" },
        get_users_by_id: { basis: "recorded" },
        post_users: { basis: "recorded" },
        patch_users_by_id: { basis: "recorded" },
        delete_users_by_id: { basis: "recorded" },
        "get_users-by-email": { basis: "documented" },
      },
    },
    "Roles of users": {
      setUp: ["user_roles"],
      operations: {
        get_user_roles: { basis: "recorded" },
        post_user_roles: { basis: "recorded" },
        delete_user_roles: { basis: "recorded" },
      },
    },
    "Permissions of users": {
      setUp: ["user_permissions"],
      operations: {
        get_permissions: { basis: "recorded" },
        post_permissions: { basis: "recorded" },
        delete_permissions: { basis: "recorded" },
      },
    },
    "Organizations of users": {
      setUp: ["organization_members"],
      operations: {
        get_user_organizations: { basis: "recorded" },
      },
    },
    "Tenant settings": {
      setUp: ["tenant_settings"],
      operations: {
        tenant_settings_route: { basis: "recorded" },
        patch_settings: { basis: "recorded" },
      },
    },
    "Custom domains": {
      setUp: ["custom_domains"],
      operations: {
        "get_custom-domains": { basis: "recorded" },
        "get_custom-domains_by_id": { basis: "recorded" },
        "post_custom-domains": { basis: "recorded" },
        "patch_custom-domains_by_id": { basis: "recorded" },
        "delete_custom-domains_by_id": { basis: "recorded" },
        "get_custom-domains_default": { basis: "recorded" },
        "patch_custom-domains_default": { basis: "recorded" },
        post_verify: { basis: "recorded", differs: ["The domain stays as it is: none is ever verified."] },
        post_test_domain: { basis: "documented", differs: ["The test always fails."] },
      },
    },
    ...authenticationAreas,
  },
};
