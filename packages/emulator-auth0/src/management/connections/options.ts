import { randomBytes } from "node:crypto";
import { isRecord, jsonObjectSchema, recordOr } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { checkAttributes, checkChangedAttributes, withAttributeDefaults } from "./attributes.ts";
import { DEFAULT_PASSWORD_OPTIONS, withPasswordDefaults } from "./password-options.ts";

/** The methods that every database connection says something of. */
const METHODS = {
  password: { enabled: true, api_behavior: "required", signup_behavior: "allow" },
  passkey: { enabled: false },
};

/** Those that show once a request has said anything of a connection's methods. */
const FURTHER_METHODS = { email_otp: { enabled: false }, phone_otp: { enabled: false } };

const PASSKEYS = {
  challenge_ui: "both",
  progressive_enrollment_enabled: true,
  local_enrollment_enabled: true,
};

/**
 * The options of a new connection: what was asked for, and what the server fills in for the strategy. Throws 400
 * for options that do not go together.
 *
 * @param newest whether a policy of the newer kind is filled in where nothing is said of passwords
 */
export function newOptions(strategy: string, asked: JsonObject, newest = false): JsonObject {
  if (strategy !== "auth0") return fixedDefaults(strategy, sealed(asked), {});
  checkAttributes(asked);
  const ownPolicy = "passwordPolicy" in asked || "password_options" in asked;
  const policy = newest ? { password_options: DEFAULT_PASSWORD_OPTIONS } : { passwordPolicy: "good" };
  return fixedDefaults(
    strategy,
    {
      mfa: { active: true, return_enroll_settings: true },
      ...(ownPolicy ? {} : policy),
      strategy_version: 2,
      ...sealed(asked),
    },
    {},
  );
}

/** Options after a PATCH: replaced as a whole, but for what a connection always has. */
export function changedOptions(strategy: string, asked: JsonObject, old: JsonObject): JsonObject {
  if (strategy === "auth0") {
    checkAttributes(asked);
    checkChangedAttributes(asked, old);
  }
  return fixedDefaults(strategy, sealed(asked), old);
}

function fixedDefaults(strategy: string, options: JsonObject, old: JsonObject): JsonObject {
  if (strategy === "auth0") {
    return jsonObjectSchema.parse({
      brute_force_protection: true,
      ...withPasswordDefaults(withAttributeDefaults(options)),
      authentication_methods: methodsOf(options, old),
      passkey_options: { ...PASSKEYS, ...recordOr(options.passkey_options) },
    });
  }
  if (strategy === "okta" || strategy === "oidc") {
    return jsonObjectSchema.parse({
      schema_version: "oidc-V4",
      type: "back_channel",
      ...options,
      attribute_map: { mapping_mode: "basic_profile", ...recordOr(options.attribute_map) },
      connection_settings: { pkce: "auto", ...recordOr(options.connection_settings) },
    });
  }
  return options;
}

function methodsOf(options: JsonObject, old: JsonObject): Record<string, unknown> {
  const asked = recordOr(options.authentication_methods);
  const before = recordOr(old.authentication_methods);
  const further = isRecord(options.authentication_methods) || "email_otp" in before ? FURTHER_METHODS : {};
  return Object.fromEntries(
    Object.entries({ ...METHODS, ...further }).map(([name, defaults]) => [
      name,
      { ...defaults, ...recordOr(asked[name]) },
    ]),
  );
}

/**
 * The vendor encrypts the values of `configuration` and never shows them again. Nothing here runs custom
 * scripts, so the values are not kept at all: in their place stands a text that looks like theirs.
 */
function sealed(options: JsonObject): JsonObject {
  const { configuration } = options;
  if (!isRecord(configuration)) return options;
  const opaque = Object.keys(configuration).map((key): [string, string] => [
    key,
    randomBytes(96).toString("base64"),
  ]);
  return { ...options, configuration: Object.fromEntries(opaque) };
}
