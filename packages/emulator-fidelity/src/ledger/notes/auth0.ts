import type { TenantNotes } from "../notes.ts";
import { authenticationAreas } from "./auth0-authentication.ts";
import { organizationAreas } from "./auth0-organizations.ts";

/** How like Auth0 the local tenant is. */
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
      recorded: `
      get_connections_by_id post_connections patch_connections_by_id delete_connections_by_id`,
      echoed: "get_connections",
      notes: {
        post_connections: { unconfirmed: ["The 409 for a name that is taken has no error code."] },
        delete_connections_by_id: { differs: ["The connection is gone at once, and its name free."] },
      },
    },
    "Clients of connections": {
      setUp: ["connection_clients"],
      recorded: "get_connection_clients patch_clients",
    },
    "Keys of connections": {
      setUp: ["connection_keys"],
      differs: [
        "Connections have keys from the start whose `token_endpoint_auth_method` is `private_key_jwt`, others after a rotation. They sign nothing.",
      ],
      recorded: "get_keys post_rotate",
      notes: { post_rotate: { unconfirmed: ["That keys before the previous one are gone."] } },
    },
    "SCIM of connections": {
      setUp: ["connection_scim_configurations", "connection_scim_tokens"],
      differs: ["It is kept and shown; the SCIM endpoint itself is not served, so nobody is provisioned."],
      recorded: `
      get_scim-configuration post_scim-configuration patch_scim-configuration delete_scim-configuration
      get_default-mapping get_scim_tokens post_scim_token delete_tokens_by_token_id`,
      notes: {
        "post_scim-configuration": {
          unconfirmed: ["The mapping of OpenID Connect and SAML connections, which is Okta's here."],
        },
      },
    },
    "Directory provisioning of connections": {
      setUp: ["connection_directory_provisionings"],
      differs: [
        "It is kept and shown; no directory is asked for people or groups, and no synchronization is served.",
      ],
      recorded: `
      get_directory-provisioning post_directory-provisioning patch_directory-provisioning
      delete_directory-provisioning get_directory-provisioning_default-mapping get_synchronized-groups
      put_synchronized-groups`,
      notes: {
        "post_directory-provisioning": {
          unconfirmed: ["A connection of another strategy than Google Workspace is taken too."],
        },
      },
    },
    "Connection profiles": {
      setUp: ["connection_profiles"],
      differs: ["They are kept and shown. There are no templates of them."],
      recorded: `
      get_connection-profiles_by_id post_connection-profiles patch_connection-profiles_by_id
      delete_connection-profiles_by_id`,
      documented: "get_connection-profiles",
    },
    "User attribute profiles": {
      setUp: ["user_attribute_profiles"],
      differs: ["They are kept and shown. There are no templates of them."],
      recorded: `
      get_user-attribute-profiles_by_id post_user-attribute-profiles patch_user-attribute-profiles_by_id
      delete_user-attribute-profiles_by_id`,
      documented: "get_user-attribute-profiles",
    },
    "Rules and actions": {
      setUp: [],
      differs: [
        "There are none, and none can be made, so none hashes passwords or runs when somebody signs in.",
      ],
      documented: "get_rules get_actions",
    },
    Clients: {
      setUp: ["clients"],
      recorded: "get_clients_by_id post_clients patch_clients_by_id delete_clients_by_id",
      echoed: "get_clients post_clients_cimd_preview post_clients_cimd_register",
      documented: "post_rotate_secret get_client_connections",
      notes: {
        get_clients: { unconfirmed: ["The text of the 400 for a `q` that the vendor does not know."] },
        post_clients_cimd_preview: {
          differs: ["A document on this machine is taken too, with http as well."],
          unconfirmed: [
            "The texts of violations and of what could not be fetched, and that a tenant that takes no documents refuses.",
            "A document that says no `token_endpoint_auth_method` is a public client's.",
          ],
        },
        post_clients_cimd_register: {
          differs: [
            "A document on this machine is taken too, with http as well. One on the internet is fetched, so it must be in reach.",
          ],
          unconfirmed: [
            "The texts of the 400s for a document that is not valid, and that a tenant that takes no documents refuses.",
          ],
        },
        patch_clients_by_id: {
          unconfirmed: [
            "The texts of the 400s for what may not be changed of a client with a metadata document.",
          ],
        },
        delete_clients_by_id: { unconfirmed: ["The text of the 400 for the global client."] },
      },
    },
    "Client credentials": {
      setUp: ["client_credentials"],
      recorded: `
      get_credentials get_credentials_by_credential_id post_credentials
      patch_credentials_by_credential_id delete_credentials_by_credential_id`,
      notes: {
        post_credentials: {
          unconfirmed: [
            "The texts of the 400s for a key that cannot be read, one of fewer than 2048 or more than 4096 bits, and a third credential.",
          ],
        },
      },
    },
    "Client grants": {
      setUp: ["client_grants", "organization_client_grants"],
      recorded: `
      get_client-grants get_client-grant post_client-grants patch_client-grants_by_id
      delete_client-grants_by_id get_client-grant-organizations`,
      notes: {
        "post_client-grants": {
          unconfirmed: [
            "The text of the 409 for a second grant for the same client, audience and kind of subject.",
            "A scope that the API does not define is taken.",
          ],
        },
      },
    },
    Roles: {
      setUp: ["roles"],
      recorded: "get_roles get_roles_by_id post_roles patch_roles_by_id delete_roles_by_id",
      notes: {
        post_roles: {
          unconfirmed: [
            "The 409 for a name that is taken has no error code.",
            "The texts of the 400s for `type` and `owner_id` that do not fit one another.",
          ],
        },
      },
    },
    "Permissions of roles": {
      setUp: ["role_permissions"],
      recorded: "get_role_permission post_role_permission_assignment delete_role_permission_assignment",
      notes: {
        post_role_permission_assignment: {
          unconfirmed: ["The text of the 400 for a permission that the API does not define."],
        },
      },
    },
    "Users of roles": { setUp: ["user_roles"], recorded: "get_role_user", documented: "post_role_users" },
    "Resource servers": {
      setUp: ["resource_servers"],
      recorded: `
      get_resource-servers_by_id post_resource-servers patch_resource-servers_by_id
      delete_resource-servers_by_id`,
      documented: "get_resource-servers",
      notes: {
        "post_resource-servers": {
          unconfirmed: ["The 409 for an identifier that is taken has no error code."],
        },
        "patch_resource-servers_by_id": {
          unconfirmed: ["The text of the 400 for a change of the Management API itself."],
        },
        "delete_resource-servers_by_id": {
          unconfirmed: ["The text of the 400 for the Management API itself."],
        },
      },
    },
    Users: {
      setUp: ["users", "passwords"],
      differs: ["Nobody has connected accounts (Token Vault), and they are not served."],
      recorded: "get_users get_users_by_id post_users patch_users_by_id delete_users_by_id",
      documented: "get_users-by-email",
      notes: {
        get_users: {
          differs: [
            "A search sees every change at once.",
            "Sorting goes by `email`, `username`, `name`, `created_at` and `updated_at` alone.",
          ],
        },
        post_users: {
          differs: ["A tenant with several custom domains does not ask which of them a user is for."],
          unconfirmed: ["The body of the 400 for a weak password."],
        },
        patch_users_by_id: { unconfirmed: ["Which changes are refused together."] },
      },
    },
    "Roles of users": {
      setUp: ["user_roles"],
      recorded: "get_user_roles post_user_roles delete_user_roles",
      notes: { post_user_roles: { unconfirmed: ["The text of the 409 beyond 50 roles."] } },
    },
    "Permissions of users": {
      setUp: ["user_permissions"],
      recorded: "get_permissions post_permissions delete_permissions",
      notes: {
        post_permissions: {
          unconfirmed: ["The text of the 400 for a permission that the API does not define."],
        },
      },
    },
    "Organizations of users": { setUp: ["organization_members"], recorded: "get_user_organizations" },
    "Tenant settings": { setUp: ["tenant_settings"], echoed: "tenant_settings_route patch_settings" },
    "Custom domains": {
      setUp: ["custom_domains"],
      documented: `
      get_custom-domains get_custom-domains_by_id post_custom-domains
      patch_custom-domains_by_id delete_custom-domains_by_id get_custom-domains_default
      patch_custom-domains_default post_verify`,
      notes: {
        "post_custom-domains": {
          unconfirmed: ["The text of the 409 for a domain that the tenant has already."],
        },
        post_verify: { differs: ["The domain stays as it is: none is ever verified."] },
      },
    },
    ...authenticationAreas,
  },
};
