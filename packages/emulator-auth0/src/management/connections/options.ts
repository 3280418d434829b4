import { randomBytes } from "node:crypto";
import { isRecord, jsonObjectSchema, recordOr } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { invalidBody } from "../../errors.ts";
import { federatedOptions } from "./federated-options.ts";

/** The newer kind of password policy, as the server fills it in where nothing is said of passwords. */
const DEFAULT_PASSWORD_OPTIONS = {
  complexity: {
    character_type_rule: "all",
    identical_characters: "allow",
    sequential_characters: "allow",
    max_length_exceeded: "error",
    min_length: 15,
    character_types: [],
  },
  profile_data: {
    active: false,
    blocked_fields: [
      "name",
      "username",
      "nickname",
      "email",
      "phone_number",
      "user_metadata.name",
      "user_metadata.first",
      "user_metadata.last",
    ],
  },
  history: { active: false, size: 3 },
  dictionary: { active: false, custom: [], default: "en_100k" },
};

/** Options in which a policy of the newer kind is complete. */
function withPasswordDefaults(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const asked = options.password_options;
  if (!isRecord(asked)) return { ...options };
  const parts = Object.entries(DEFAULT_PASSWORD_OPTIONS).map(([name, defaults]) => [
    name,
    { ...defaults, ...recordOr(asked[name]) },
  ]);
  return { ...options, password_options: Object.fromEntries(parts) };
}

/** Throws 400 for attributes of a database connection's users that do not go together with the other options. */
function validateAttributes(options: JsonObject): void {
  if (!isRecord(options.attributes)) return;
  if (options.validation !== undefined && options.validation !== null) {
    throw invalidBody("Cannot set both options.attributes and options.validation");
  }
  if (options.requires_username === true) {
    throw invalidBody("Cannot set both options.attributes and options.requires_username");
  }
  const attributes = Object.entries(options.attributes).map(([name, value]) => ({
    name,
    of: recordOr(value),
  }));
  if (!attributes.some(({ of }) => recordOr(of.identifier).active === true)) {
    throw invalidBody("attributes must contain one active identifier");
  }
  const unasked = attributes.find(
    ({ of }) => of.profile_required === true && recordOr(of.signup).status !== "required",
  );
  if (unasked !== undefined) throw invalidBody(`attribute ${unasked.name} must also be required on signup`);
}

/** Whether an email address belongs to one user alone is said when the attribute is added, and never changed. */
function validateChangedAttributes(options: JsonObject, old: JsonObject): void {
  const email = recordOr(options.attributes).email;
  if (!isRecord(email)) return;
  const before = recordOr(old.attributes).email;
  const unique = email.unique !== false;
  if (!isRecord(before)) {
    if (!unique) throw invalidBody("cannot add non-unique email attribute");
  } else if (unique !== (before.unique !== false)) {
    throw invalidBody("cannot patch unique property on email attribute");
  }
}

/** Options with what the server says of an email attribute when the request does not. */
function withAttributeDefaults(options: JsonObject): Record<string, unknown> {
  const { attributes } = options;
  if (!isRecord(attributes) || !isRecord(attributes.email)) return options;
  const email = { verification_method: "link", unique: true, ...attributes.email };
  return { ...options, attributes: { ...attributes, email } };
}

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

/** What new tenants fill in. */
const TODAY = { passwordOptions: true, oneTimePasswords: true };

/**
 * The options of a new connection: what was asked for, and what the server fills in for the strategy. Throws 400
 * for options that do not go together.
 *
 * @param defaults what is filled in where nothing is said of it: a policy of the newer kind, one-time passwords
 */
export function newOptions(strategy: string, asked: JsonObject, defaults = TODAY): JsonObject {
  if (strategy !== "auth0") return federatedOptions(strategy, withoutSecrets(asked));
  validateAttributes(asked);
  const ownPolicy = "passwordPolicy" in asked || "password_options" in asked;
  const policy = defaults.passwordOptions
    ? { password_options: DEFAULT_PASSWORD_OPTIONS }
    : { passwordPolicy: "good" };
  const options = {
    mfa: { active: true, return_enroll_settings: true },
    ...(ownPolicy ? {} : policy),
    strategy_version: 2,
    ...withoutSecrets(asked),
  };
  return withDefaults(options, defaults.oneTimePasswords ? { authentication_methods: FURTHER_METHODS } : {});
}

/** Options after a PATCH: replaced as a whole, but for what a connection always has. */
export function changedOptions(strategy: string, asked: JsonObject, old: JsonObject): JsonObject {
  if (strategy !== "auth0") return federatedOptions(strategy, withoutSecrets(asked), old);
  validateAttributes(asked);
  validateChangedAttributes(asked, old);
  return withDefaults(withoutSecrets(asked), old);
}

function withDefaults(options: JsonObject, old: JsonObject): JsonObject {
  return jsonObjectSchema.parse({
    brute_force_protection: true,
    ...withPasswordDefaults(withAttributeDefaults(options)),
    authentication_methods: methodsOf(options, old),
    passkey_options: { ...PASSKEYS, ...recordOr(options.passkey_options) },
  });
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
 * scripts, so the values are not kept at all: in their place stands a text that looks like the vendor's.
 */
function withoutSecrets(options: JsonObject): JsonObject {
  if (!isRecord(options.configuration)) return options;
  const configuration = Object.keys(options.configuration).map((key): [string, string] => [
    key,
    randomBytes(96).toString("base64"),
  ]);
  return { ...options, configuration: Object.fromEntries(configuration) };
}
