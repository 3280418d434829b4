import { randomBytes } from "node:crypto";
import { isRecord, jsonObjectSchema, recordOr } from "../../../kit/index.ts";
import type { JsonObject } from "../../../kit/index.ts";

const METHODS = {
  password: { enabled: true, api_behavior: "required", signup_behavior: "allow" },
  passkey: { enabled: false },
  email_otp: { enabled: false },
  phone_otp: { enabled: false },
};

const PASSKEYS = {
  challenge_ui: "both",
  progressive_enrollment_enabled: true,
  local_enrollment_enabled: true,
};

/**
 * The options of a new connection: what was asked for, and what the server fills in for the strategy.
 */
export function newOptions(strategy: string, asked: JsonObject): JsonObject {
  if (strategy !== "auth0") return fixedDefaults(strategy, sealed(asked));
  return fixedDefaults(strategy, {
    mfa: { active: true, return_enroll_settings: true },
    passwordPolicy: "good",
    strategy_version: 2,
    brute_force_protection: true,
    ...sealed(asked),
  });
}

/** Options after a PATCH: replaced as a whole, but for what a connection always has. */
export function changedOptions(strategy: string, asked: JsonObject): JsonObject {
  return fixedDefaults(strategy, sealed(asked));
}

function fixedDefaults(strategy: string, options: JsonObject): JsonObject {
  if (strategy === "auth0") {
    const methods = isRecord(options.authentication_methods) ? options.authentication_methods : {};
    return jsonObjectSchema.parse({
      ...options,
      authentication_methods: Object.fromEntries(
        Object.entries(METHODS).map(([name, defaults]) => [
          name,
          { ...defaults, ...recordOr(methods[name]) },
        ]),
      ),
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
