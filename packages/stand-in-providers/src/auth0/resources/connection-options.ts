import { count, flag, json, list, map, object, set, single, text } from "../../table/property.ts";
import type { Property, PropertyTable } from "../../table/property.ts";

const enabled = (wire: string): Property => object(wire, { enabled: flag("enabled") }, { computed: true });

/** The options of a database connection (strategy `auth0`); other strategies have more, not carried here. */
export const databaseOptions: PropertyTable = {
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
