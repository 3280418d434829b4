import { z } from "zod";
import { flag, strings, text, withDefault } from "../body.ts";
import { jwksBody } from "./jwk.ts";

/** Okta docs, "Applications API": the ways in which a client authenticates at the token endpoint. */
export const authMethods = [
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
  "none",
] as const;

/** A way in which a client authenticates at the token endpoint. */
export type AuthMethod = (typeof authMethods)[number];

/** Whether a client that authenticates so has a client secret. */
export function usesSecret(method: AuthMethod): boolean {
  return (
    method === "client_secret_basic" || method === "client_secret_post" || method === "client_secret_jwt"
  );
}

/**
 * What is wrong with a secret that a client brings, if anything. The texts: Okta docs, "Applications API", "Add
 * new client secret".
 */
export function wrongSecret(secret: string | undefined, method: AuthMethod): string | undefined {
  if (secret === undefined) return undefined;
  if (secret.length > 100) return "'client_secret' cannot be more than '100' characters long.";
  if (secret.length < 14) return "'client_secret' must be at least '14' characters long.";
  if (method === "client_secret_jwt" && secret.length < 32) {
    return (
      "'client_secret' must be at least '32' characters long when 'token_endpoint_auth_method' is " +
      "'client_secret_jwt'."
    );
  }
  if (!/^[\x20-\x7e]+$/.test(secret))
    return "''client_secret'' must only contain printable ASCII: [x20-x7E]+";
  return undefined;
}

/** `settings.oauthClient` as a request carries it, with Okta's defaults filled in. */
export const oauthClientSettingsBody = z.object({
  client_uri: text,
  logo_uri: text,
  policy_uri: z.string().nullish(),
  tos_uri: z.string().nullish(),
  redirect_uris: strings,
  post_logout_redirect_uris: z.array(z.string()).nullish(),
  response_types: withDefault(z.array(z.enum(["code", "token", "id_token"])), []),
  grant_types: z.array(z.string()).min(1),
  jwks: jwksBody.nullish(),
  jwks_uri: z.string().nullish(),
  initiate_login_uri: z.string().nullish(),
  application_type: withDefault(z.enum(["web", "native", "browser", "service"]), "web"),
  consent_method: withDefault(z.enum(["TRUSTED", "REQUIRED"]), "TRUSTED"),
  issuer_mode: withDefault(z.enum(["ORG_URL", "CUSTOM_URL", "DYNAMIC"]), "ORG_URL"),
  refresh_token: z
    .object({ rotation_type: z.enum(["STATIC", "ROTATE"]), leeway: z.int().min(0).max(60).nullish() })
    .nullish(),
  idp_initiated_login: withDefault(
    z.object({ mode: z.enum(["DISABLED", "OKTA", "SPEC"]), default_scope: strings }),
    { mode: "DISABLED", default_scope: [] },
  ),
  wildcard_redirect: withDefault(z.enum(["DISABLED", "SUBDOMAIN"]), "DISABLED"),
  backchannel_token_delivery_mode: z.enum(["poll"]).nullish(),
  backchannel_custom_authenticator_id: z.string().nullish(),
  dpop_bound_access_tokens: flag,
  /** From where requests may come. Kept and shown; it has no effect here. */
  network: z
    .object({
      connection: z.enum(["ANYWHERE", "ZONE"]),
      include: z.array(z.string()).optional(),
      exclude: z.array(z.string()).optional(),
    })
    .nullish(),
  participate_slo: flag,
  backchannel_authentication_request_signing_alg: z.string().nullish(),
  request_object_signing_alg: z.string().nullish(),
  id_token_encrypted_response_alg: z.string().nullish(),
  sector_identifier_uri: z.string().nullish(),
  subject_type: z.enum(["public", "pairwise"]).nullish(),
  frontchannel_logout_uri: z.string().nullish(),
  frontchannel_logout_session_required: z.boolean().nullish(),
});

/** `settings.oauthClient` with defaults filled in. */
export type OauthClientSettings = z.output<typeof oauthClientSettingsBody>;

/** An empty id or secret counts as not given. */
const optionalText = z
  .string()
  .nullish()
  .transform((value) => (value === null || value === "" ? undefined : value));

/** `credentials.oauthClient` as a request carries it. */
export const oauthCredentialsBody = z.object({
  autoKeyRotation: withDefault(z.boolean(), true),
  client_id: optionalText,
  client_secret: optionalText,
  token_endpoint_auth_method: withDefault(z.enum(authMethods), "client_secret_basic"),
  pkce_required: z.boolean().nullish(),
});

/** `credentials.oauthClient` of a request. */
export type OauthCredentials = z.output<typeof oauthCredentialsBody>;

/** Whether clients of this kind must use PKCE when a request does not say. */
export function pkceByDefault(applicationType: OauthClientSettings["application_type"]): boolean {
  return applicationType === "browser" || applicationType === "native";
}
