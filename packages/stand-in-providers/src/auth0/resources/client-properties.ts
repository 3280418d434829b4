import { count, flag, list, map, object, objects, out, set, text } from "../../table/property.ts";
import type { PropertyTable } from "../../table/property.ts";

const computed = { computed: true };
const quota = { enforce: flag("enforce"), perDay: count("per_day"), perHour: count("per_hour") };
const enabled = { enabled: flag("enabled") };

/** The properties of a client, without its add-ons for single sign-on products and its early-access settings. */
export const clientProperties: PropertyTable = {
  name: text("name", { autoName: true }),
  description: text("description", { default: "Managed by Pulumi" }),
  appType: text("app_type"),
  allowedClients: list("allowed_clients"),
  allowedLogoutUrls: list("allowed_logout_urls"),
  allowedOrigins: list("allowed_origins"),
  callbacks: list("callbacks", computed),
  clientAliases: list("client_aliases"),
  clientMetadata: map("client_metadata"),
  complianceLevel: text("compliance_level"),
  crossOriginAuth: flag("cross_origin_authentication"),
  crossOriginLoc: text("cross_origin_loc"),
  customLoginPage: text("custom_login_page"),
  customLoginPageOn: flag("custom_login_page_on", computed),
  encryptionKey: map("encryption_key"),
  formTemplate: text("form_template"),
  grantTypes: list("grant_types", computed),
  initiateLoginUri: text("initiate_login_uri"),
  isFirstParty: flag("is_first_party", computed),
  isTokenEndpointIpHeaderTrusted: flag("is_token_endpoint_ip_header_trusted", computed),
  logoUri: text("logo_uri"),
  oidcConformant: flag("oidc_conformant", computed),
  organizationDiscoveryMethods: list("organization_discovery_methods"),
  organizationRequireBehavior: text("organization_require_behavior", computed),
  organizationUsage: text("organization_usage", computed),
  requireProofOfPossession: flag("require_proof_of_possession"),
  requirePushedAuthorizationRequests: flag("require_pushed_authorization_requests"),
  resourceServerIdentifier: text("resource_server_identifier", { sent: "create" }),
  sso: flag("sso"),
  ssoDisabled: flag("sso_disabled"),
  webOrigins: list("web_origins"),

  defaultOrganization: object(
    "default_organization",
    { organizationId: text("organization_id"), flows: list("flows"), disable: flag("", computed) },
    computed,
  ),
  jwtConfiguration: object(
    "jwt_configuration",
    {
      alg: text("alg"),
      lifetimeInSeconds: count("lifetime_in_seconds", computed),
      scopes: map("scopes"),
      secretEncoded: flag("secret_encoded", { computed: true, sent: "create" }),
    },
    computed,
  ),
  mobile: object(
    "mobile",
    {
      android: object("android", {
        appPackageName: text("app_package_name"),
        sha256CertFingerprints: list("sha256_cert_fingerprints"),
      }),
      ios: object("ios", {
        appBundleIdentifier: text("app_bundle_identifier"),
        teamId: text("team_id"),
      }),
    },
    computed,
  ),
  nativeSocialLogin: object(
    "native_social_login",
    {
      apple: object("apple", enabled, computed),
      facebook: object("facebook", enabled, computed),
      google: object("google", enabled, computed),
    },
    computed,
  ),
  oidcLogout: object("oidc_logout", {
    backchannelLogoutUrls: set("backchannel_logout_urls", { required: true }),
    backchannelLogoutInitiators: object("backchannel_logout_initiators", {
      mode: text("mode", { required: true }),
      selectedInitiators: set("selected_initiators"),
    }),
    backchannelLogoutSessionMetadata: object("backchannel_logout_session_metadata", {
      include: flag("include", { required: true }),
    }),
  }),
  refreshToken: object(
    "refresh_token",
    {
      rotationType: text("rotation_type", { required: true }),
      expirationType: text("expiration_type", { required: true }),
      leeway: count("leeway", computed),
      tokenLifetime: count("token_lifetime", computed),
      infiniteTokenLifetime: flag("infinite_token_lifetime", computed),
      idleTokenLifetime: count("idle_token_lifetime", computed),
      infiniteIdleTokenLifetime: flag("infinite_idle_token_lifetime", computed),
      policies: objects("policies", {
        audience: text("audience", { required: true }),
        scopes: list("scope", { required: true }),
      }),
    },
    computed,
  ),
  sessionTransfer: object("session_transfer", {
    allowRefreshToken: flag("allow_refresh_token"),
    allowedAuthenticationMethods: set("allowed_authentication_methods"),
    canCreateSessionTransferToken: flag("can_create_session_transfer_token"),
    delegation: object("delegation", {
      allowDelegatedAccess: flag("allow_delegated_access"),
      enforceDeviceBinding: text("enforce_device_binding"),
    }),
    enforceCascadeRevocation: flag("enforce_cascade_revocation"),
    enforceDeviceBinding: text("enforce_device_binding"),
    enforceOnlineRefreshTokens: flag("enforce_online_refresh_tokens"),
  }),
  tokenExchange: object("token_exchange", {
    allowAnyProfileOfTypes: list("allow_any_profile_of_type", { required: true }),
  }),
  tokenQuota: object("token_quota", {
    clientCredentials: object("client_credentials", quota, { required: true }),
  }),

  clientId: out(text("client_id")),
  externalClientId: out(text("external_client_id")),
  externalMetadataCreatedBy: out(text("external_metadata_created_by")),
  externalMetadataType: out(text("external_metadata_type")),
  jwksUri: out(text("jwks_uri")),
  signingKeys: out({ ...list("signing_keys", { secret: true }), type: "list", of: map("") }),
};
