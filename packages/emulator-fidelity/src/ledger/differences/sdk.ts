import { knownDifferences } from "../known-difference.ts";

const CLIENTS = "get_clients get_clients_by_id post_clients patch_clients_by_id post_rotate_secret";
const CUSTOM_DOMAINS =
  "get_custom-domains get_custom-domains_by_id post_custom-domains patch_custom-domains_by_id post_verify";
const RESOURCE_SERVERS =
  "get_resource-servers get_resource-servers_by_id post_resource-servers patch_resource-servers_by_id";
const APPLICATIONS = "listApplications getApplication createApplication replaceApplication";
const GROUPS = "listGroups getGroup addGroup replaceGroup listUserGroups";
const APPLICATION_KEYS =
  "listJwk getJwk addJwk activateOAuth2ClientJsonWebKey deactivateOAuth2ClientJsonWebKey";
const SERVERS =
  "listAuthorizationServers getAuthorizationServer createAuthorizationServer replaceAuthorizationServer";
const RULES =
  "listAuthorizationServerPolicyRules getAuthorizationServerPolicyRule createAuthorizationServerPolicyRule replaceAuthorizationServerPolicyRule";
const RECORDED = "Recorded answers have it; the SDK's type does not know it.";

/** Where the Auth0 tenant's answers differ from the types that Auth0's SDK gives them. */
export const auth0SdkTypes = knownDifferences("auth0", "sdk", [
  {
    operations: CLIENTS,
    kind: "extra",
    at: ["callback_url_template", "[].callback_url_template"],
    reason:
      "Answers of real tenants show it, always false; neither the documentation nor the SDK's type names it.",
  },
  {
    operations: CLIENTS,
    kind: "extra",
    at: ["cross_origin_auth", "[].cross_origin_auth"],
    reason:
      "Recorded answers show it on clients that have it from before it was renamed; the SDK's type knows the new name alone.",
  },
  {
    operations: "create_organization-client-grants",
    kind: "extra",
    at: ["grant_id"],
    reason: "Recorded answers call the grant so where the documentation and the SDK's type say `id`.",
  },
  {
    operations: "get_organization-client-grants",
    kind: "extra",
    at: ["[].subject_type"],
    reason: RECORDED,
  },
  {
    operations: "get_permissions",
    kind: "extra",
    at: ["[].sources"],
    reason: RECORDED,
  },
  {
    operations: "tenant_settings_route patch_settings",
    kind: "extra",
    at: [
      "flags.universal_login",
      "flags.use_scope_descriptions_for_consent",
      "flags.cannot_change_enforce_client_authentication_on_passwordless_start",
    ],
    reason: RECORDED,
  },
  {
    operations:
      "post_connection-profiles get_connection-profiles get_connection-profiles_by_id patch_connection-profiles_by_id",
    kind: "value",
    at: ["strategy_overrides", "[].strategy_overrides", "connection_config", "[].connection_config"],
    reason: "Recorded answers have null where a profile says nothing; the SDK's type has an object.",
  },
  {
    operations: "post_roles",
    kind: "value",
    at: ["description"],
    reason:
      "Recorded answers to the creation of a role without a description have null; the SDK's type has a text.",
  },
  {
    operations: RESOURCE_SERVERS,
    kind: "missing",
    at: ["token_encryption.encryption_key.pem", "[].token_encryption.encryption_key.pem"],
    reason: "Recorded answers show the thumbprint of an encryption key in place of the key that was sent.",
  },
  {
    operations: RESOURCE_SERVERS,
    kind: "extra",
    at: [
      "token_encryption.encryption_key.thumbprint_sha256",
      "[].token_encryption.encryption_key.thumbprint_sha256",
    ],
    reason: "Recorded answers show the thumbprint of an encryption key in place of the key that was sent.",
  },
  {
    operations: "post_verify",
    kind: "extra",
    at: ["is_default"],
    reason: "The tenant answers with the domain as a read of it shows it; the SDK's type has less.",
  },
  {
    operations: CUSTOM_DOMAINS,
    kind: "extra",
    at: ["created_at", "[].created_at"],
    reason: RECORDED,
  },
  {
    operations: CUSTOM_DOMAINS,
    kind: "value",
    at: ["verification.methods[].name", "[].verification.methods[].name"],
    reason:
      "Recorded answers write the method in capitals, `CNAME` and `TXT`; the SDK's type has small letters.",
  },
  {
    operations: "get_connections get_client_connections",
    kind: "extra",
    at: ["[].enabled_clients"],
    reason: RECORDED,
  },
  {
    operations: "get_connections get_connections_by_id post_connections patch_connections_by_id",
    kind: "extra",
    at: ["provisioning_ticket_url", "[].provisioning_ticket_url"],
    reason: RECORDED,
  },
]);

/** Where the Okta org's answers differ from the types that Okta's SDK gives them. */
export const oktaSdkTypes = knownDifferences("okta", "sdk", [
  {
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
    operations: "listApplications",
    kind: "value",
    at: ["[].name"],
    reason:
      "Okta's own applications in every org have names of their own, such as `okta_enduser`; the check holds the " +
      "list to the type of OpenID Connect applications, which are called `oidc_client`.",
  },
  {
    operations: APPLICATIONS,
    kind: "value",
    at: ["*settings.oauthClient.jwks.keys[]"],
    reason: "The SDK's types of signing keys know neither `use` nor `alg`, which recorded answers have.",
  },
  {
    operations: APPLICATION_KEYS,
    kind: "value",
    at: ["", "keys[]"],
    reason: "The SDK's types of signing keys know neither `use` nor `alg`, which recorded answers have.",
  },
  {
    operations: SERVERS,
    kind: "extra",
    at: ["default", "[].default", "_links.keys", "[]._links.keys"],
    reason: RECORDED,
  },
  {
    operations: RULES,
    kind: "extra",
    at: ["conditions.people.users.exclude", "[].conditions.people.users.exclude"],
    reason: RECORDED,
  },
  {
    operations: "createUser getUser replaceUser updateUser",
    kind: "extra",
    at: ["_links.*.method"],
    reason: RECORDED,
  },
  {
    operations: "assignUserToApplication listApplicationUsers getApplicationUser updateApplicationUser",
    kind: "extra",
    at: ["profile.*", "[].profile.*"],
    reason: RECORDED,
  },
  {
    operations: GROUPS,
    kind: "extra",
    at: ["_links.owners", "[]._links.owners"],
    reason: RECORDED,
  },
  {
    operations: "getWellKnownOAuthConfiguration",
    kind: "extra",
    at: [
      "frontchannel_logout_supported",
      "frontchannel_logout_session_supported",
      "identity_chaining_requested_token_types_supported",
    ],
    reason: RECORDED,
  },
  {
    operations: "createUserType updateUserType listUserTypes getUserType",
    kind: "extra",
    at: ["*_links.*.rel", "*_links.*.method"],
    reason: "Okta's own answers have them on the links of user types; the types of the SDK do not.",
  },
  {
    operations: "createGroupRule replaceGroupRule listGroupRules getGroupRule",
    kind: "extra",
    at: ["allGroupsValid", "[].allGroupsValid"],
    reason: "Okta's own answers have it; the type of the SDK does not.",
  },
]);
