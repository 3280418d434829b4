import type { TenantNotes } from "../note.ts";
import { authenticationAreas } from "./auth0-authentication.ts";
import { organizationAreas } from "./auth0-organizations.ts";

/** How like Auth0 the local tenant is, operation by operation. */
export const auth0Notes: TenantNotes = {
  vendor: "Auth0",
  differs: [
    "A body that is no JSON is refused before the token is looked at.",
    "Reasons for which a property is refused stand in the vendor's words where a recording or the documentation has them, else in the words of the library that the vendor's texts come from.",
  ],
  areas: {
    ...organizationAreas,
    Connections: {
      setUp: ["connections"],
      operations: {
        get_connections: { basis: "recorded" },
        get_connections_by_id: { basis: "recorded" },
        post_connections: {
          basis: "recorded",
          unconfirmed: ["The 409 for a name that is taken has no error code."],
        },
        patch_connections_by_id: { basis: "recorded" },
        delete_connections_by_id: {
          basis: "recorded",
          differs: ["The connection is gone at once, and its name free."],
        },
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
        get_clients: {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for a `q` that the vendor does not know."],
        },
        get_clients_by_id: { basis: "recorded" },
        post_clients: { basis: "recorded" },
        patch_clients_by_id: { basis: "recorded" },
        delete_clients_by_id: {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for the global client."],
        },
        post_rotate_secret: { basis: "documented" },
        get_client_connections: { basis: "recorded" },
      },
    },
    "Client credentials": {
      setUp: ["client_credentials"],
      operations: {
        get_credentials: { basis: "recorded" },
        get_credentials_by_credential_id: { basis: "recorded" },
        post_credentials: {
          basis: "recorded",
          unconfirmed: ["The texts of the 400s for a key that cannot be read and for a third credential."],
        },
        patch_credentials_by_credential_id: { basis: "recorded" },
        delete_credentials_by_credential_id: { basis: "recorded" },
      },
    },
    "Client grants": {
      setUp: ["client_grants", "organization_client_grants"],
      operations: {
        "get_client-grants": { basis: "recorded" },
        "get_client-grant": { basis: "recorded" },
        "post_client-grants": {
          basis: "recorded",
          unconfirmed: [
            "The text of the 409 for a second grant for the same client, audience and kind of subject.",
            "A scope that the API does not define is taken.",
          ],
        },
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
        post_roles: {
          basis: "recorded",
          unconfirmed: [
            "The 409 for a name that is taken has no error code.",
            "The texts of the 400s for `type` and `owner_id` that do not fit one another.",
          ],
        },
        patch_roles_by_id: { basis: "recorded" },
        delete_roles_by_id: { basis: "recorded" },
      },
    },
    "Permissions of roles": {
      setUp: ["role_permissions"],
      operations: {
        get_role_permission: { basis: "recorded" },
        post_role_permission_assignment: {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for a permission that the API does not define."],
        },
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
        "post_resource-servers": {
          basis: "recorded",
          unconfirmed: ["The 409 for an identifier that is taken has no error code."],
        },
        "patch_resource-servers_by_id": {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for a change of the Management API itself."],
        },
        "delete_resource-servers_by_id": {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for the Management API itself."],
        },
      },
    },
    Users: {
      setUp: ["users", "passwords"],
      operations: {
        get_users: {
          basis: "recorded",
          differs: [
            "A search sees every change at once.",
            "Sorting goes by `email`, `username`, `name`, `created_at` and `updated_at` alone.",
          ],
        },
        get_users_by_id: { basis: "recorded" },
        post_users: {
          basis: "recorded",
          unconfirmed: ["The body of the 400 for a weak password."],
        },
        patch_users_by_id: {
          basis: "recorded",
          unconfirmed: ["Which changes are refused together."],
        },
        delete_users_by_id: { basis: "recorded" },
        "get_users-by-email": { basis: "documented" },
      },
    },
    "Roles of users": {
      setUp: ["user_roles"],
      operations: {
        get_user_roles: { basis: "recorded" },
        post_user_roles: {
          basis: "recorded",
          unconfirmed: ["The text of the 409 beyond 50 roles."],
        },
        delete_user_roles: { basis: "recorded" },
      },
    },
    "Permissions of users": {
      setUp: ["user_permissions"],
      operations: {
        get_permissions: { basis: "recorded" },
        post_permissions: {
          basis: "recorded",
          unconfirmed: ["The text of the 400 for a permission that the API does not define."],
        },
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
        "post_custom-domains": {
          basis: "recorded",
          unconfirmed: ["The text of the 409 for a domain that the tenant has already."],
        },
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
