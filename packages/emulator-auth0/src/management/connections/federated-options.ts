import { jsonObjectSchema, recordOr } from "@ai-api-access/emulator-core";
import type { JsonObject } from "@ai-api-access/emulator-core";
import { samlOptions } from "./saml-options.ts";
import { socialOptions } from "./social-options.ts";

/**
 * The options of a connection to somebody else's sign-in, with what the server fills in for its strategy.
 *
 * @param old those of a connection that is changed
 */
export function federatedOptions(strategy: string, options: JsonObject, old?: JsonObject): JsonObject {
  switch (strategy) {
    case "okta":
    case "oidc":
      return openIdOptions(strategy, options, old === undefined ? "create" : "update");
    case "pingfederate":
    case "samlp":
      return samlOptions(strategy, options, old);
    case "adfs":
      return old === undefined ? { thumbprints: [], ...options } : options;
    case "waad":
      return { waad_common_endpoint: options.useCommonEndpoint === true, ...options };
    default:
      return socialOptions(strategy, options, old ?? {}) ?? options;
  }
}

/**
 * Endpoints that are not given are those of the issuer. The vendor finds them by discovery and shows what it found;
 * nothing is asked here until somebody signs in, so they are named as Okta names its own.
 */
function openIdOptions(
  strategy: "okta" | "oidc",
  options: JsonObject,
  write: "create" | "update",
): JsonObject {
  // Of an Okta org only its domain is looked up; without it the options are kept as they came.
  const asGiven = strategy === "okta" && options.domain === undefined;
  const given = asGiven
    ? options
    : Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  const issuer = issuerOf(given);
  const okta = strategy === "okta" && !asGiven && issuer !== undefined;
  return jsonObjectSchema.parse({
    schema_version: "oidc-V4",
    type: "back_channel",
    ...(okta ? { ...oktaEndpoints(issuer), oidc_metadata: oktaMetadata(issuer) } : {}),
    ...given,
    attribute_map: {
      mapping_mode: strategy === "okta" ? "basic_profile" : "bind_all",
      ...recordOr(given.attribute_map),
    },
    connection_settings: {
      pkce: write === "create" ? "auto" : "disabled",
      ...recordOr(given.connection_settings),
    },
  });
}

/**
 * The issuer that a connection of OpenID Connect trusts: named, or that of an Okta org's domain. The local Okta org
 * speaks plain HTTP.
 */
export function issuerOf({ issuer, domain }: JsonObject): string | undefined {
  if (typeof issuer === "string" && issuer !== "") return issuer;
  if (typeof domain !== "string" || domain === "") return undefined;
  return /^(?:localhost|127\.0\.0\.1):\d+$/.test(domain) ? `http://${domain}` : `https://${domain}`;
}

function oktaEndpoints(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/oauth2/v1/authorize`,
    token_endpoint: `${issuer}/oauth2/v1/token`,
    userinfo_endpoint: `${issuer}/oauth2/v1/userinfo`,
    jwks_uri: `${issuer}/oauth2/v1/keys`,
  };
}

const SECRET_METHODS = "client_secret_basic client_secret_post client_secret_jwt private_key_jwt none".split(
  " ",
);
const REQUEST_ALGORITHMS = "HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512".split(" ");

/** What an Okta org says of itself, as recorded answers show it in a connection to one. */
function oktaMetadata(issuer: string) {
  const at = (name: string) => `${issuer}/oauth2/v1/${name}`;
  return {
    ...oktaEndpoints(issuer),
    registration_endpoint: at("clients"),
    response_types_supported: [
      ...["code", "id_token", "code id_token", "code token", "id_token token"],
      "code id_token token",
    ],
    response_modes_supported: ["query", "fragment", "form_post", "okta_post_message"],
    grant_types_supported: [
      ...["authorization_code", "implicit", "refresh_token", "password"],
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:openid:params:grant-type:ciba",
      "urn:okta:params:oauth:grant-type:otp",
      "http://auth0.com/oauth/grant-type/mfa-otp",
      "urn:okta:params:oauth:grant-type:oob",
      "http://auth0.com/oauth/grant-type/mfa-oob",
    ],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    id_token_encryption_alg_values_supported: ["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"],
    id_token_encryption_enc_values_supported: ["A256GCM"],
    scopes_supported: ["openid", "email", "profile", "address", "phone", "offline_access", "groups"],
    token_endpoint_auth_methods_supported: SECRET_METHODS,
    claims_supported: (
      "iss ver sub aud iat exp jti auth_time amr idp nonce name nickname preferred_username given_name " +
      "middle_name family_name email email_verified profile zoneinfo locale address phone_number picture website " +
      "gender birthdate updated_at at_hash c_hash"
    ).split(" "),
    code_challenge_methods_supported: ["S256"],
    introspection_endpoint: at("introspect"),
    introspection_endpoint_auth_methods_supported: SECRET_METHODS,
    revocation_endpoint: at("revoke"),
    revocation_endpoint_auth_methods_supported: SECRET_METHODS,
    end_session_endpoint: at("logout"),
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: REQUEST_ALGORITHMS,
    device_authorization_endpoint: at("device/authorize"),
    pushed_authorization_request_endpoint: at("par"),
    backchannel_token_delivery_modes_supported: ["poll"],
    backchannel_authentication_request_signing_alg_values_supported: REQUEST_ALGORITHMS,
    dpop_signing_alg_values_supported: REQUEST_ALGORITHMS.slice(3),
    claims_parameter_supported: false,
    request_uri_parameter_supported: false,
    require_request_uri_registration: false,
  };
}
