import { count, flag, json, list, map, object, set, single, sortedJson, text } from "../../table/property.ts";
import type { Property, PropertyTable } from "../../table/property.ts";

const enabled = (wire: string): Property => object(wire, { enabled: flag("enabled") }, { computed: true });

const computed = { computed: true };

/** The options of a database connection (strategy `auth0`). */
const databaseOptions: PropertyTable = {
  passwordPolicy: text("passwordPolicy", { computed: true }),
  bruteForceProtection: flag("brute_force_protection"),
  disableSignup: flag("disable_signup"),
  disableSelfServiceChangePassword: flag("disable_self_service_change_password"),
  requiresUsername: flag("requires_username"),
  importMode: flag("import_mode"),
  enabledDatabaseCustomization: flag("enabledDatabaseCustomization"),
  enableScriptContext: flag("enable_script_context"),
  realmFallback: flag("realm_fallback"),
  customScripts: map("customScripts"),
  configuration: map("configuration", { secret: true, writeOnly: true }),
  strategyVersion: count("strategy_version", { computed: true }),
  nonPersistentAttrs: set("non_persistent_attrs", { computed: true }),
  precedences: list("precedence"),
  setUserRootAttributes: text("set_user_root_attributes", { computed: true }),
  upstreamParams: json("upstream_params"),
  mfa: object(
    "mfa",
    { active: flag("active"), returnEnrollSettings: flag("return_enroll_settings") },
    { computed: true },
  ),
  validation: object("validation", {
    username: object("username", { min: count("min"), max: count("max") }),
  }),
  passwordHistories: single(
    "password_history",
    { enable: flag("enable"), size: count("size") },
    { computed: true },
  ),
  passwordNoPersonalInfo: object("password_no_personal_info", { enable: flag("enable") }, { computed: true }),
  passwordDictionary: object(
    "password_dictionary",
    { enable: flag("enable"), dictionaries: set("dictionary") },
    { computed: true },
  ),
  passwordComplexityOptions: object(
    "password_complexity_options",
    { minLength: count("min_length") },
    { computed: true },
  ),
  passkeyOptions: object(
    "passkey_options",
    {
      challengeUi: text("challenge_ui", { computed: true }),
      localEnrollmentEnabled: flag("local_enrollment_enabled", { computed: true }),
      progressiveEnrollmentEnabled: flag("progressive_enrollment_enabled", { computed: true }),
    },
    { computed: true },
  ),
  authenticationMethods: single(
    "authentication_methods",
    {
      password: object(
        "password",
        {
          enabled: flag("enabled"),
          apiBehavior: text("api_behavior"),
          signupBehavior: text("signup_behavior"),
        },
        { computed: true },
      ),
      passkey: enabled("passkey"),
      emailOtp: enabled("email_otp"),
      phoneOtp: enabled("phone_otp"),
    },
    { computed: true },
  ),
};

/** The options of connections to somebody else's sign-in: okta, oidc, google-oauth2 and github, and one of waad. */
const federatedOptions: PropertyTable = {
  clientId: text("client_id"),
  clientSecret: text("client_secret", { secret: true }),
  domain: text("domain"),
  domainAliases: set("domain_aliases", computed),
  tenantDomain: text("tenant_domain"),
  iconUrl: text("icon_url"),
  type: text("type", computed),
  sendBackChannelNonce: flag("send_back_channel_nonce"),
  tokenEndpointAuthMethod: text("token_endpoint_auth_method", computed),
  tokenEndpointAuthSigningAlg: text("token_endpoint_auth_signing_alg", computed),
  discoveryUrl: text("discovery_url"),
  issuer: text("issuer", computed),
  authorizationEndpoint: text("authorization_endpoint", computed),
  tokenEndpoint: text("token_endpoint", computed),
  userinfoEndpoint: text("userinfo_endpoint", computed),
  jwksUri: text("jwks_uri", computed),
  /** Not so named by the vendor, who has a text or a flag for each: `connection-scopes.ts`. */
  scopes: set("scopes", computed),
  allowedAudiences: set("allowed_audiences", computed),
  waadCommonEndpoint: flag("useCommonEndpoint"),
  connectionSettings: object("connection_settings", { pkce: text("pkce", { required: true }) }, computed),
  attributeMap: object(
    "attribute_map",
    {
      mappingMode: text("mapping_mode", { required: true }),
      userinfoScope: text("userinfo_scope"),
      attributes: sortedJson("attributes"),
    },
    computed,
  ),
};

/** The official plugin has one table of options for all strategies, and so has this one. */
export const connectionOptions: PropertyTable = { ...databaseOptions, ...federatedOptions };
