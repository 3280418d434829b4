import type { KnownDifference } from "./known-difference.ts";

const CLIENTS = [
  "get_clients",
  "get_clients_by_id",
  "post_clients",
  "patch_clients_by_id",
  "post_rotate_secret",
];
const CUSTOM_DOMAINS = [
  "get_custom-domains",
  "get_custom-domains_by_id",
  "post_custom-domains",
  "patch_custom-domains_by_id",
];
const APPLICATIONS = [
  "listApplications",
  "getApplication",
  "createApplication",
  "replaceApplication",
  "listAssignedApplicationsForGroup",
];
const GROUPS = ["listGroups", "getGroup", "addGroup", "replaceGroup", "listUserGroups"];
const APPLICATION_KEYS = [
  "listJwk",
  "getJwk",
  "addJwk",
  "activateOAuth2ClientJsonWebKey",
  "deactivateOAuth2ClientJsonWebKey",
];
const SERVERS = [
  "listAuthorizationServers",
  "getAuthorizationServer",
  "createAuthorizationServer",
  "replaceAuthorizationServer",
];
const RULES = [
  "listAuthorizationServerPolicyRules",
  "getAuthorizationServerPolicyRule",
  "createAuthorizationServerPolicyRule",
  "replaceAuthorizationServerPolicyRule",
];
const CONNECTIONS = [
  "get_connections",
  "get_connections_by_id",
  "post_connections",
  "patch_connections_by_id",
];
const RECORDED = "Recorded answers have it; the SDK's type does not know it.";

/**
 * Every known difference between the local tenants and the vendors' own witnesses: recordings of their answers, and
 * the response types of their SDKs. `npm run replay` and the tests of the response shapes look nowhere else; what is
 * not here fails them.
 */
export const knownDifferences: readonly KnownDifference[] = [
  {
    vendor: "auth0",
    witness: "recordings",
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
    vendor: "auth0",
    witness: "recordings",
    operations: [
      "get_resource-servers",
      "get_resource-servers_by_id",
      "post_resource-servers",
      "patch_resource-servers_by_id",
    ],
    kind: "extra",
    at: ["subject_type_authorization", "resource_servers[].subject_type_authorization"],
    reason: "Auth0 added it after the recording was made; newer recordings have it.",
  },
  {
    vendor: "auth0",
    witness: "recordings",
    operations: ["delete_connections_by_id"],
    kind: "status",
    at: ["204 202"],
    reason:
      "Auth0 deletes a connection in the background and answers 202 until that is done; a recording of 2022 saw it " +
      "done at once. The tenant always answers 202 first.",
  },
  {
    vendor: "auth0",
    witness: "recordings",
    operations: ["get_roles_by_id"],
    kind: "value",
    at: ["description"],
    recordings: ["TestAccRole"],
    reason:
      "An older answer to a role without a description: null, where newer recordings have an empty text in all " +
      "answers but that to its creation.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: ["getAuthorizationServerKey"],
    kind: "status",
    at: ["200 404"],
    recordings: ["TestAccDataSourceOktaAuthServerKeys_read"],
    reason:
      "The recording was written by hand, with made-up ids: it reads a key of an authorization server that nothing " +
      "shows or makes, and the answer lacks the key itself.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: ["createAuthorizationServer", "getAuthorizationServer"],
    kind: "status",
    at: ["401 201", "401 200"],
    reason:
      "Recorded in an org without the feature API Access Management, which answers E0000015 to everything about " +
      "custom authorization servers. The local org always has the feature.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: SERVERS,
    kind: "missing",
    at: ["_links.resourceServerCredentialsKeys", "[]._links.resourceServerCredentialsKeys"],
    reason: "Newer orgs encrypt tokens for resource servers with keys of their own; the local org cannot.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: [...APPLICATIONS, "deactivateApplication", "deleteApplication", "assignApplicationPolicy"],
    kind: "status",
    at: ["200 501", "200 404", "204 404"],
    recordings: ["preconfigured"],
    reason:
      "The recording makes applications from Okta's catalog of integrations. The local org has no catalog: it has " +
      "OpenID Connect applications of one's own only, and says so.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: ["getRefreshTokenForAuthorizationServerAndClient"],
    kind: "status",
    at: ["200 404"],
    reason: "The local org issues no refresh tokens, so it has none to show.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: ["assignGroupToApplication"],
    kind: "value",
    at: ["priority"],
    recordings: ["TestAccResourceOktaAppGroupAssignment_crud"],
    reason:
      "Two requests came at once; Okta's answer to one of them shows a priority that no later answer shows.",
  },
  {
    vendor: "okta",
    witness: "recordings",
    operations: ["listPolicies"],
    kind: "extra",
    at: ["[]"],
    reason: "A recorded org had been made before Okta gave every org a policy for its browser plugin.",
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: CLIENTS,
    kind: "extra",
    at: ["callback_url_template", "[].callback_url_template"],
    reason:
      "Answers of real tenants show it, always false; neither the documentation nor the SDK's type names it.",
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: ["create_organization-client-grants"],
    kind: "extra",
    at: ["grant_id"],
    reason: "Recorded answers call the grant so where the documentation and the SDK's type say `id`.",
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: ["get_organization-client-grants"],
    kind: "extra",
    at: ["[].subject_type"],
    reason: RECORDED,
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: ["get_permissions"],
    kind: "extra",
    at: ["[].sources"],
    reason: RECORDED,
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: ["tenant_settings_route", "patch_settings"],
    kind: "extra",
    at: ["flags.universal_login"],
    reason: RECORDED,
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: CUSTOM_DOMAINS,
    kind: "extra",
    at: ["created_at", "[].created_at"],
    reason: RECORDED,
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: CUSTOM_DOMAINS,
    kind: "value",
    at: ["verification.methods[].name", "[].verification.methods[].name"],
    reason:
      "Recorded answers write the method in capitals, `CNAME` and `TXT`; the SDK's type has small letters.",
  },
  {
    vendor: "auth0",
    witness: "sdk",
    operations: ["get_connections", "get_client_connections"],
    kind: "extra",
    at: ["[].enabled_clients"],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: APPLICATIONS,
    kind: "extra",
    at: [
      "*_links.uploadLogo",
      "*_links.profileEnrollment",
      "*_links.policies",
      "*_links.clientCredentials",
      "*settings.app",
      "*settings.manualProvisioning",
    ],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: ["listApplications"],
    kind: "value",
    at: ["[].name"],
    reason:
      "Okta's own applications in every org have names of their own, such as `okta_enduser`; the check holds the " +
      "list to the type of OpenID Connect applications, which are called `oidc_client`.",
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: APPLICATIONS,
    kind: "value",
    at: ["*settings.oauthClient.jwks.keys[]"],
    reason: "The SDK's types of signing keys know neither `use` nor `alg`, which recorded answers have.",
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: APPLICATION_KEYS,
    kind: "value",
    at: ["", "keys[]"],
    reason: "The SDK's types of signing keys know neither `use` nor `alg`, which recorded answers have.",
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: SERVERS,
    kind: "extra",
    at: ["default", "[].default", "_links.keys", "[]._links.keys"],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: RULES,
    kind: "extra",
    at: ["conditions.people.users.exclude", "[].conditions.people.users.exclude"],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: ["createUser", "getUser"],
    kind: "extra",
    at: ["_links.*.method"],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: GROUPS,
    kind: "extra",
    at: ["_links.owners", "[]._links.owners"],
    reason: RECORDED,
  },
  {
    vendor: "okta",
    witness: "sdk",
    operations: ["org oauth-authorization-server"],
    kind: "extra",
    at: [
      "frontchannel_logout_supported",
      "frontchannel_logout_session_supported",
      "identity_chaining_requested_token_types_supported",
    ],
    reason: RECORDED,
  },
];
