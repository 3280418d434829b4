import { z } from "zod";
import { Reply } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { route } from "../context.ts";
import type { Auth0Context } from "../context.ts";
import { findSettings } from "../management/tenant-settings.ts";
import { takesPushedRequests } from "./authorize/pushed.ts";
import { PROOF_ALGORITHMS } from "./dpop.ts";
import { GRANTS } from "./grants/index.ts";
import { keyPair, publishedKeys } from "./signing-keys.ts";
import { CLAIMS_OF_SCOPE, OIDC_SCOPES } from "./tokens/scopes.ts";

const CACHED = { "cache-control": "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400" };

const settingsSchema = z.object({
  oidc_logout: z
    .object({ rp_logout_end_session_endpoint_discovery: z.boolean() })
    .optional()
    .catch(undefined),
  client_id_metadata_document_supported: z.boolean().catch(false),
  authorization_response_iss_parameter_supported: z.boolean().catch(false),
});

/** What this tenant serves of OpenID Connect; the vendor's document has more entries, for what it serves more. */
function discovery(context: Auth0Context, { origin }: Call) {
  const { oidc_logout: logout, ...settings } = settingsSchema.parse(findSettings(context));
  const flags = Object.entries(settings).filter(([, isOn]) => isOn);
  return {
    issuer: `${origin}/`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/userinfo`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    revocation_endpoint: `${origin}/oauth/revoke`,
    // Named whether or not the tenant takes registrations: so do real tenants' documents.
    registration_endpoint: `${origin}/oidc/register`,
    ...(logout?.rp_logout_end_session_endpoint_discovery === false
      ? {}
      : { end_session_endpoint: `${origin}/oidc/logout` }),
    ...(takesPushedRequests(context) ? { pushed_authorization_request_endpoint: `${origin}/oauth/par` } : {}),
    ...Object.fromEntries(flags),
    scopes_supported: OIDC_SCOPES,
    response_types_supported: ["code"],
    response_modes_supported: ["query", "fragment", "form_post"],
    grant_types_supported: [...GRANTS.keys()],
    code_challenge_methods_supported: ["S256"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["HS256", "RS256", "PS256"],
    token_endpoint_auth_methods_supported: [
      "client_secret_basic",
      "client_secret_post",
      "private_key_jwt",
      "none",
    ],
    token_endpoint_auth_signing_alg_values_supported: ["RS256", "RS384", "PS256"],
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
    claims_supported: [
      ...["aud", "auth_time", "exp", "iat", "iss", "nonce", "org_id", "org_name", "sid", "sub"],
      ...Object.values(CLAIMS_OF_SCOPE).flat(),
    ],
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
  };
}

/** What verifiers and clients read of the tenant: its keys, and what it can do (OpenID Connect Discovery, RFC 8414). */
export const wellKnownRoutes = [
  route({
    method: "GET",
    path: "/.well-known/jwks.json",
    operation: "jwks",
    access: "public",
    success: 200,
    handler: (_parts, context) => {
      const keys = publishedKeys(context).map((key) => {
        const { kty, n, e } = keyPair(key).publicJwk;
        const x5c = [key.certificate.replaceAll(/-----[^-]+-----|\s/g, "")];
        return { kty, use: "sig", n, e, kid: key.kid, x5t: key.thumbprint, x5c, alg: "RS256" };
      });
      return new Reply(200, { keys }, CACHED);
    },
  }),
  ...["openid-configuration", "oauth-authorization-server"].map((operation) =>
    route({
      method: "GET",
      path: `/.well-known/${operation}`,
      operation,
      access: "public",
      success: 200,
      handler: ({ call }, context) => new Reply(200, discovery(context, call), CACHED),
    }),
  ),
];
