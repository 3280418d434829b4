import { knownDifferences } from "../known-difference.ts";

const CONNECTIONS = "get_connections get_connections_by_id post_connections patch_connections_by_id";

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
    operations: "get_connections_by_id",
    kind: "extra",
    at: ["enabled_clients"],
    recordings: ["TestAccConnectionOIDCMetadata"],
    reason:
      "The newest answer to a read of one connection does not list its clients, which lists and all other " +
      "recordings do; official plugins of this time read it.",
  },
]);
