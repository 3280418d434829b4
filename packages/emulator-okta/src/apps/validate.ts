import { eq } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { alreadyExists, unsupported, validationFailed } from "../errors.ts";
import type { OktaError } from "../errors.ts";
import type { AppBody } from "./body.ts";
import { pkceByDefault, wrongSecret } from "./oauth-client.ts";
import type { OauthClientSettings, OauthCredentials } from "./oauth-client.ts";
import type { AppRecord } from "./record.ts";

/** The refusal of an application that this stand-in does not serve at all, such as one for SAML. */
export function refusedKind({ name, signOnMode }: Readonly<Record<string, unknown>>): OktaError | undefined {
  const isServed = (name ?? "oidc_client") === "oidc_client" && signOnMode === "OPENID_CONNECT";
  if (isServed || typeof signOnMode !== "string") return undefined;
  return unsupported(
    "This stand-in has OpenID Connect applications only: name 'oidc_client', signOnMode 'OPENID_CONNECT'. " +
      `It got name '${String(name)}', signOnMode '${signOnMode}'.`,
  );
}

/** Refuses what is wrong in a request, first what this stand-in does not serve at all. */
export function validateApp({ data }: OktaContext, body: AppBody, before?: AppRecord): void {
  const refused = refusedKind(body);
  if (refused !== undefined) throw refused;
  const { oauthClient: settings } = body.settings;
  const { oauthClient: credentials } = body.credentials;
  const findings = findingsOf(settings, credentials).filter(({ wrong }) => wrong);
  const [first] = findings;
  if (first !== undefined) {
    throw validationFailed(first.field, ...findings.map(({ field, cause }) => `${field}: ${cause}`));
  }
  const { client_id } = credentials;
  if (before === undefined) {
    if (client_id !== undefined && data.apps.first(eq("clientId", client_id))) {
      throw alreadyExists("client_id");
    }
    return;
  }
  if (client_id !== undefined && client_id !== before.oauthCredentials.client_id) {
    throw validationFailed("client_id", "client_id: cannot be changed");
  }
  if (settings.application_type !== before.oauthClient.application_type) {
    throw validationFailed("application_type", "application_type: cannot be changed");
  }
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

interface Finding {
  readonly field: string;
  readonly wrong: boolean;
  readonly cause: string;
}

/**
 * The rules for OpenID Connect clients (Okta docs, "Applications API", section "OAuth credentials and settings"), each
 * with whether it is broken. The wording of the causes is ours.
 */
function findingsOf(settings: OauthClientSettings, credentials: OauthCredentials): Finding[] {
  const { application_type: type, grant_types: grants, response_types: responses, jwks_uri } = settings;
  const { token_endpoint_auth_method: method, client_id, client_secret } = credentials;
  const allowed: readonly string[] = [...GRANTS_BY_TYPE[type].allowed, ...EXTENSION_GRANTS];
  const wrongGrants = grants.filter((grant) => !allowed.includes(grant));
  const { required } = GRANTS_BY_TYPE[type];
  const redirects = needsRedirect(grants);
  const hasKeys = (settings.jwks?.keys.length ?? 0) > 0;
  const hasKeysUri = (jwks_uri ?? "") !== "";
  const secretFlaw = wrongSecret(client_secret, method);
  return [
    {
      field: "grant_types",
      wrong: wrongGrants.length > 0,
      cause: `'${wrongGrants.join(", ")}' is not allowed for the application type '${type}'`,
    },
    {
      field: "grant_types",
      wrong: required !== null && !grants.includes(required),
      cause: `the application type '${type}' requires '${String(required)}'`,
    },
    {
      field: "redirect_uris",
      wrong: redirects && settings.redirect_uris.length === 0,
      cause: "at least one redirect URI is required for the grant types given",
    },
    uris("redirect_uris", settings.redirect_uris, settings.wildcard_redirect === "SUBDOMAIN"),
    uris("post_logout_redirect_uris", settings.post_logout_redirect_uris ?? []),
    {
      field: "response_types",
      wrong: redirects && responses.length === 0,
      cause: "at least one response type is required for the grant types given",
    },
    {
      field: "response_types",
      wrong: grants.includes("authorization_code") && !responses.includes("code"),
      cause: "the grant type 'authorization_code' requires the response type 'code'",
    },
    {
      field: "response_types",
      wrong: grants.includes("implicit") && !responses.includes("token") && !responses.includes("id_token"),
      cause: "the grant type 'implicit' requires the response type 'token' or 'id_token'",
    },
    {
      field: "token_endpoint_auth_method",
      wrong: method === "none" && (type === "service" || type === "web"),
      cause: `'none' is not allowed for the application type '${type}'`,
    },
    {
      field: "pkce_required",
      wrong: method === "none" && !(credentials.pkce_required ?? pkceByDefault(type)),
      cause: "''pkce_required'' must be set to true when ''token_endpoint_auth_method'' is ''none''",
    },
    {
      field: "jwks",
      wrong: method === "private_key_jwt" && !hasKeys && !hasKeysUri,
      cause: "'jwks' or 'jwks_uri' is required when token_endpoint_auth_method is 'private_key_jwt'",
    },
    { field: "jwks", wrong: hasKeys && hasKeysUri, cause: "'jwks' and 'jwks_uri' cannot both be given" },
    uris("jwks_uri", hasKeysUri ? [String(jwks_uri)] : []),
    {
      field: "initiate_login_uri",
      wrong: settings.idp_initiated_login.mode !== "DISABLED" && (settings.initiate_login_uri ?? "") === "",
      cause: `is required when idp_initiated_login.mode is '${settings.idp_initiated_login.mode}'`,
    },
    {
      field: "participate_slo",
      wrong: settings.participate_slo && type !== "web" && type !== "browser",
      cause: "is only for the application types 'web' and 'browser'",
    },
    {
      field: "client_id",
      wrong:
        client_id !== undefined &&
        (!/^[\w$\-.+!*'(),]{6,100}$/.test(client_id) || client_id === "ALL_CLIENTS"),
      cause: "must be 6 to 100 characters out of letters, digits and $-_.+!*'(), and not 'ALL_CLIENTS'",
    },
    { field: "client_secret", wrong: secretFlaw !== undefined, cause: String(secretFlaw) },
  ];
}

function needsRedirect(grantTypes: readonly string[]): boolean {
  const withRedirect = ["authorization_code", "implicit", "interaction_code"];
  const without = ["client_credentials", "password"];
  return (
    grantTypes.some((grant) => withRedirect.includes(grant)) &&
    !grantTypes.some((grant) => without.includes(grant))
  );
}

function uris(field: string, list: readonly string[], wildcard = false): Finding {
  const wrong = list.find((uri) => !isAbsoluteUri(wildcard ? uri.replace("://*.", "://wildcard.") : uri));
  const cause = `'${String(wrong)}' is not an absolute URI without fragment and wildcard`;
  return { field, wrong: wrong !== undefined, cause };
}

function isAbsoluteUri(uri: string): boolean {
  return URL.canParse(uri) && !uri.includes("#") && !uri.includes("*");
}
