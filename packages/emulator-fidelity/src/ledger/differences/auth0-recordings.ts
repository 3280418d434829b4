import { knownDifferences } from "../known-difference.ts";

const CONNECTIONS = "get_connections get_connections_by_id post_connections patch_connections_by_id";

const CLIENTS = "get_clients get_clients_by_id post_clients patch_clients_by_id";
const OLD_CLIENTS = [
  ...["TestAccAllowUpdatingTheClientSecret", "TestAccClientSSOIntegrationWithSAML", "TestAccDataClientById"],
  ...["TestAccDataClientHideClientSecret", "TestAccDataClientByName", "TestAccDataClients"],
  ...["TestAccDataGlobalClient", "TestAccGlobalClient"],
];

const MY_ACCOUNT =
  "The My Account API is known by the tenant's own domain, which the recorder wrote with another region in " +
  "addresses than in bodies. A unit test holds the tenant to the same answer.";
const GLOBAL_CLIENT =
  "The list is asked for by fields that do not show which client is the global one, so it is not set up.";
const LINK =
  "The recorded organization has a connection from before that nothing else in the recording shows.";

/** Where the Auth0 tenant differs from recordings of Auth0's answers. */
export const auth0Recordings = knownDifferences("auth0", "recordings", [
  {
    operations: CONNECTIONS,
    kind: "extra",
    at: [
      "*options.authentication_methods",
      "*options.authentication_methods.*",
      "*options.passkey_options",
      "authentication",
      "connections[].authentication",
      "connected_accounts",
      "connections[].connected_accounts",
    ],
    reason: "Auth0 added it after the recording was made; newer recordings have it.",
  },
  {
    operations:
      "get_resource-servers get_resource-servers_by_id post_resource-servers patch_resource-servers_by_id",
    kind: "extra",
    at: ["subject_type_authorization", "resource_servers[].subject_type_authorization"],
    reason: "Auth0 added it after the recording was made; newer recordings have it.",
  },
  {
    operations: "tenant_settings_route",
    kind: "extra",
    at: ["client_id_metadata_document_supported"],
    reason: "Auth0 added it after the recording was made; newer recordings have it.",
  },
  {
    operations: "get_scim-configuration post_scim-configuration patch_scim-configuration",
    kind: "value",
    at: ["tenant_name"],
    reason: "The local tenant is called `local`.",
  },
  {
    operations: "get_keys post_rotate",
    kind: "value",
    at: ["*kid", "*cert", "*pkcs", "*fingerprint", "*thumbprint"],
    reason: "Keys and certificates are made at random.",
  },
  {
    operations: "post_scim_token",
    kind: "value",
    at: ["token"],
    reason: "Tokens are made at random.",
  },
  {
    operations: "get_clients get_connections get_credentials",
    kind: "order",
    at: ["clients", "connections", ""],
    reason:
      "Auth0 does not say in which order it lists them; the tenant does so in the order of their creation.",
  },
  {
    operations: "delete_connections_by_id",
    kind: "status",
    at: ["204 202"],
    reason:
      "Auth0 deletes a connection in the background and answers 202 until that is done; a recording of 2022 saw it " +
      "done at once. The tenant always answers 202 first.",
  },
  {
    operations: "get_roles_by_id",
    kind: "value",
    at: ["description"],
    recordings: ["TestAccRole"],
    reason:
      "An older answer to a role without a description: null, where newer recordings have an empty text in all " +
      "answers but that to its creation.",
  },
  {
    operations: CONNECTIONS,
    kind: "value",
    at: ["provisioning_ticket_url"],
    reason:
      "The recorder wrote the tenant's region by another name in addresses than in answers; some strategies have a " +
      "host of the vendor's own.",
  },
  {
    operations: CONNECTIONS,
    kind: "missing",
    at: [
      "options.oidc_metadata",
      "options.authorization_endpoint",
      "options.token_endpoint",
      "options.userinfo_endpoint",
    ],
    reason:
      "Auth0 reads the issuer's discovery document when a connection is written. The tenant asks for it when somebody " +
      "signs in, and shows nothing of it.",
  },
  {
    operations: CONNECTIONS,
    kind: "missing",
    at: ["options.thumbprints"],
    recordings: ["TestAccConnectionAzureAD"],
    reason: "They are those of Microsoft's keys of that day.",
  },
  {
    operations: "get_connections_by_id patch_connections_by_id",
    kind: "extra",
    at: ["enabled_clients"],
    recordings: ["TestAccConnectionOIDCMetadata", "TestAccConnectionCrossAppAccessResourceApp"],
    reason:
      "The newest answers about one connection do not list its clients, which lists and all other recordings do; " +
      "official plugins of this time read it.",
  },
  {
    operations: CONNECTIONS,
    kind: "value",
    at: ["options.app_domain"],
    recordings: ["TestAccConnectionAzureAD"],
    reason: "The recorder wrote the tenant's region by another name in addresses than in answers.",
  },
  {
    operations: "post_resource-servers get_resource-servers_by_id",
    kind: "value",
    at: ["name", "*_offline_access", "skip_consent_*", "subject_type_authorization.*", "token_lifetime*"],
    recordings: ["TestAccResourceServer_ACR"],
    reason: MY_ACCOUNT,
  },
  {
    operations: "post_resource-servers get_resource-servers_by_id",
    kind: "missing",
    at: ["scopes", "is_system", "proof_of_possession"],
    recordings: ["TestAccResourceServer_ACR"],
    reason: MY_ACCOUNT,
  },
  {
    operations: CLIENTS,
    kind: "extra",
    at: ["cross_origin_authentication", "grant_types", "clients[].grant_types"],
    recordings: OLD_CLIENTS,
    reason:
      "The recorded client is older than the setting, or of a recording that is; every client here has it.",
  },
  {
    operations: CLIENTS,
    kind: "missing",
    at: ["cross_origin_auth"],
    recordings: ["TestAccClientSSOIntegrationWithSAML"],
    reason: "Until 2024 cross_origin_authentication was called so.",
  },
  {
    operations: "get_clients_by_id",
    kind: "extra",
    at: ["client_secret"],
    recordings: ["TestAccClientCredentialsImport", "TestAccDataSourceClientGrantOrganizations"],
    reason:
      "The recording's token lacks the scope that shows secrets from one request on, or the client lost its secret " +
      "before it began; a recording does not show either.",
  },
  {
    operations: "post_clients",
    kind: "extra",
    at: ["jwt_configuration.secret_encoded", "jwt_configuration.lifetime_in_seconds"],
    recordings: ["TestAccOrganizationClientsBatching"],
    reason: "Eleven equal requests came at once; Auth0's answer to one of them lacks what all others show.",
  },
  {
    operations: "get_organization_client",
    kind: "status",
    at: ["200 404"],
    recordings: ["TestAccOrganizationClient"],
    reason:
      "The organization was deleted by a request just before; Auth0 still answered this read from a copy.",
  },
  {
    operations: "get_clients",
    kind: "missing",
    at: ["clients[]"],
    recordings: ["TestAccDataGlobalClient", "TestAccGlobalClient"],
    reason: GLOBAL_CLIENT,
  },
  {
    operations: "get_clients",
    kind: "value",
    at: ["total"],
    recordings: ["TestAccDataGlobalClient", "TestAccGlobalClient"],
    reason: GLOBAL_CLIENT,
  },
  {
    operations: "get_organization_connections",
    kind: "missing",
    at: ["connections[]"],
    recordings: ["TestAccDataSourceOrganizationInsufficientScope"],
    reason: LINK,
  },
  {
    operations: "get_organization_connections",
    kind: "value",
    at: ["total"],
    recordings: ["TestAccDataSourceOrganizationInsufficientScope"],
    reason: LINK,
  },
  {
    operations: "patch_settings",
    kind: "value",
    at: ["universal_login.is_custom_theme_set"],
    recordings: ["TestAccTenant_CountryCodes"],
    reason:
      "Somebody took the recorded tenant's theme away between two requests, by an API that is not served here.",
  },
  {
    operations: "post_users get_users_by_id",
    kind: "status",
    at: ["409 201", "201 409", "200 404"],
    recordings: ["TestAccUserCustomDomains"],
    reason:
      "The recorded tenant has several verified custom domains, and then takes no new user without naming one in a " +
      "header; the local tenant always takes them.",
  },
]);
