import { validationFailed } from "../errors.ts";
import type { OktaError } from "../errors.ts";
import { wrongSecret } from "./oauth-client.ts";
import type { OauthClientSettings, OauthCredentials } from "./oauth-client.ts";

type Check = (settings: OauthClientSettings, credentials: OauthCredentials) => Finding | undefined;

interface Finding {
  readonly field: string;
  readonly cause: string;
}

/** Grant types that any kind of client may have (Okta docs, "Applications API", `grant_types`). */
const EXTENSION_GRANTS = [
  "urn:ietf:params:oauth:grant-type:saml2-bearer",
  "urn:ietf:params:oauth:grant-type:token-exchange",
  "urn:ietf:params:oauth:grant-type:device_code",
  "urn:openid:params:grant-type:ciba",
  "interaction_code",
  "urn:okta:params:oauth:grant-type:otp",
  "urn:okta:params:oauth:grant-type:oob",
  "http://auth0.com/oauth/grant-type/mfa-otp",
  "http://auth0.com/oauth/grant-type/mfa-oob",
];

/** What the kinds of client may and must have (Okta docs, "Applications API"). */
const GRANTS_BY_TYPE = {
  web: { allowed: ["authorization_code", "implicit", "refresh_token", "client_credentials"], required: null },
  native: {
    allowed: ["authorization_code", "implicit", "password", "refresh_token"],
    required: "authorization_code",
  },
  browser: { allowed: ["authorization_code", "implicit", "refresh_token"], required: null },
  service: { allowed: ["client_credentials", "implicit"], required: "client_credentials" },
} as const;

const checks: readonly Check[] = [
  ({ grant_types, application_type }) => {
    const allowed: readonly string[] = [...GRANTS_BY_TYPE[application_type].allowed, ...EXTENSION_GRANTS];
    const wrong = grant_types.filter((grant) => !allowed.includes(grant));
    return finding(
      wrong.length > 0,
      "grant_types",
      `'${wrong.join(", ")}' is not allowed for the application type '${application_type}'`,
    );
  },
  ({ grant_types, application_type }) => {
    const { required } = GRANTS_BY_TYPE[application_type];
    return finding(
      required !== null && !grant_types.includes(required),
      "grant_types",
      `the application type '${application_type}' requires '${String(required)}'`,
    );
  },
  ({ grant_types, redirect_uris }) =>
    finding(
      needsRedirect(grant_types) && redirect_uris.length === 0,
      "redirect_uris",
      "at least one redirect URI is required for the grant types given",
    ),
  ({ redirect_uris, wildcard_redirect }) =>
    badUri("redirect_uris", redirect_uris, wildcard_redirect === "SUBDOMAIN"),
  ({ post_logout_redirect_uris }) =>
    badUri("post_logout_redirect_uris", post_logout_redirect_uris ?? [], false),
  ({ grant_types, response_types }) =>
    finding(
      needsRedirect(grant_types) && response_types.length === 0,
      "response_types",
      "at least one response type is required for the grant types given",
    ),
  ({ grant_types, response_types }) =>
    finding(
      grant_types.includes("authorization_code") && !response_types.includes("code"),
      "response_types",
      "the grant type 'authorization_code' requires the response type 'code'",
    ),
  ({ grant_types, response_types }) =>
    finding(
      grant_types.includes("implicit") &&
        !response_types.includes("token") &&
        !response_types.includes("id_token"),
      "response_types",
      "the grant type 'implicit' requires the response type 'token' or 'id_token'",
    ),
  ({ application_type }, { token_endpoint_auth_method }) =>
    finding(
      token_endpoint_auth_method === "none" && application_type === "service",
      "token_endpoint_auth_method",
      "'none' is not allowed for the application type 'service'",
    ),
  ({ application_type }, { token_endpoint_auth_method, pkce_required }) =>
    finding(
      token_endpoint_auth_method === "none" && !(pkce_required ?? pkceByDefault(application_type)),
      "pkce_required",
      "must be true when token_endpoint_auth_method is 'none'",
    ),
  ({ jwks, jwks_uri }, { token_endpoint_auth_method }) =>
    finding(
      token_endpoint_auth_method === "private_key_jwt" &&
        (jwks?.keys.length ?? 0) === 0 &&
        (jwks_uri ?? "") === "",
      "jwks",
      "'jwks' or 'jwks_uri' is required when token_endpoint_auth_method is 'private_key_jwt'",
    ),
  ({ jwks, jwks_uri }) =>
    finding(
      (jwks?.keys.length ?? 0) > 0 && (jwks_uri ?? "") !== "",
      "jwks",
      "'jwks' and 'jwks_uri' cannot both be given",
    ),
  ({ jwks_uri }) => badUri("jwks_uri", (jwks_uri ?? "") === "" ? [] : [String(jwks_uri)], false),
  ({ idp_initiated_login, initiate_login_uri }) =>
    finding(
      idp_initiated_login.mode !== "DISABLED" && (initiate_login_uri ?? "") === "",
      "initiate_login_uri",
      `is required when idp_initiated_login.mode is '${idp_initiated_login.mode}'`,
    ),
  ({ participate_slo, application_type }) =>
    finding(
      participate_slo && application_type !== "web" && application_type !== "browser",
      "participate_slo",
      "is only for the application types 'web' and 'browser'",
    ),
  (_, { client_id }) =>
    finding(
      client_id !== undefined && (!/^[\w$\-.+!*'(),]{6,100}$/.test(client_id) || client_id === "ALL_CLIENTS"),
      "client_id",
      "must be 6 to 100 characters out of letters, digits and $-_.+!*'(), and not 'ALL_CLIENTS'",
    ),
  (_, { client_secret, token_endpoint_auth_method }) => {
    const wrong = wrongSecret(client_secret, token_endpoint_auth_method);
    return finding(wrong !== undefined, "client_secret", String(wrong));
  },
];

/**
 * The rules for OpenID Connect clients (Okta docs, "Applications API", section "OAuth credentials and
 * settings"). Returns the refusal with all that is wrong, or nothing. The wording of the causes is ours.
 */
export function checkOauthClient(
  settings: OauthClientSettings,
  credentials: OauthCredentials,
): OktaError | undefined {
  const findings = checks.flatMap((check) => check(settings, credentials) ?? []);
  const [first] = findings;
  if (first === undefined) return undefined;
  return validationFailed(first.field, ...findings.map(({ field, cause }) => `${field}: ${cause}`));
}

/** Whether clients of this kind must use PKCE when a request does not say. */
export function pkceByDefault(applicationType: OauthClientSettings["application_type"]): boolean {
  return applicationType === "browser" || applicationType === "native";
}

function needsRedirect(grantTypes: readonly string[]): boolean {
  const withRedirect = ["authorization_code", "implicit", "interaction_code"];
  const without = ["client_credentials", "password"];
  return (
    grantTypes.some((grant) => withRedirect.includes(grant)) &&
    !grantTypes.some((grant) => without.includes(grant))
  );
}

function badUri(field: string, uris: readonly string[], wildcard: boolean): Finding | undefined {
  const wrong = uris.find((uri) => !isAbsoluteUri(wildcard ? uri.replace("://*.", "://wildcard.") : uri));
  return finding(
    wrong !== undefined,
    field,
    `'${String(wrong)}' is not an absolute URI without fragment and wildcard`,
  );
}

function isAbsoluteUri(uri: string): boolean {
  return URL.canParse(uri) && !uri.includes("#") && !uri.includes("*");
}

function finding(wrong: boolean, field: string, cause: string): Finding | undefined {
  return wrong ? { field, cause } : undefined;
}
