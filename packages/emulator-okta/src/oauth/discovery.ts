import { eq, Reply } from "@ai-api-access/emulator-core";
import { findServer, issuerOf, serverParams } from "../authorization-servers/find.ts";
import { publishedKeys } from "../authorization-servers/keys.ts";
import { route } from "../context.ts";
import type { OktaContext } from "../context.ts";
import { LISTED_API_SCOPES } from "./api-scopes.ts";
import { PROOF_ALGORITHMS } from "./dpop.ts";

const AUTH_METHODS = [
  "client_secret_basic",
  "client_secret_post",
  "client_secret_jwt",
  "private_key_jwt",
  "none",
];

/**
 * An issuer's metadata (Okta docs, "OpenID Connect & OAuth 2.0 API", "Well-known"): Okta's whole document. Of its
 * endpoints this stand-in serves those for keys, tokens, introspection and revocation, of its grants
 * `client_credentials`; of the org's own those for signing people in as well.
 */
function metadata(issuer: string, endpoints: string, origin: string, scopes: readonly string[]) {
  return {
    issuer,
    authorization_endpoint: `${endpoints}/v1/authorize`,
    token_endpoint: `${endpoints}/v1/token`,
    registration_endpoint: `${origin}/oauth2/v1/clients`,
    jwks_uri: `${endpoints}/v1/keys`,
    response_types_supported: [
      "code",
      "token",
      "id_token",
      "code id_token",
      "code token",
      "id_token token",
      "code id_token token",
    ],
    response_modes_supported: ["query", "fragment", "form_post", "okta_post_message"],
    grant_types_supported: [
      "authorization_code",
      "implicit",
      "refresh_token",
      "password",
      "client_credentials",
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:okta:params:oauth:grant-type:otp",
      "http://auth0.com/oauth/grant-type/mfa-otp",
      "urn:okta:params:oauth:grant-type:oob",
      "http://auth0.com/oauth/grant-type/mfa-oob",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    subject_types_supported: ["public"],
    scopes_supported: scopes,
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    claims_supported: ["ver", "jti", "iss", "aud", "iat", "exp", "cid", "uid", "scp", "sub"],
    code_challenge_methods_supported: ["S256"],
    introspection_endpoint: `${endpoints}/v1/introspect`,
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint: `${endpoints}/v1/revoke`,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    end_session_endpoint: `${endpoints}/v1/logout`,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: ["HS256", "HS384", "HS512", ...PROOF_ALGORITHMS],
    device_authorization_endpoint: `${endpoints}/v1/device/authorize`,
    pushed_authorization_request_endpoint: `${endpoints}/v1/par`,
    dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    identity_chaining_requested_token_types_supported: ["urn:ietf:params:oauth:token-type:id-jag"],
  };
}

function serverMetadata(context: OktaContext, origin: string, id: string) {
  const server = findServer(context, id);
  const published = context.data.scopes
    .find(eq("serverId", server.id))
    .filter(({ metadataPublish }) => metadataPublish === "ALL_CLIENTS")
    .map(({ name }) => name);
  const issuer = issuerOf(origin, server);
  return metadata(issuer, issuer, origin, published);
}

function orgMetadata(origin: string) {
  const openid = ["openid", "email", "profile", "address", "phone", "offline_access", "groups"];
  return metadata(origin, `${origin}/oauth2`, origin, [...LISTED_API_SCOPES, ...openid]);
}

/** Verifiers may keep keys for an hour. */
const CACHE = { "cache-control": "max-age=3600, must-revalidate" };

const documents = [
  // Seen in Okta's answers: of the org this document names no keys, its OpenID Connect one does.
  {
    name: "oauth-authorization-server",
    operation: "getWellKnownOAuthConfiguration",
    more: {},
    ofOrg: () => ({ jwks_uri: undefined }),
  },
  {
    name: "openid-configuration",
    operation: "getWellKnownOpenIDConfiguration",
    more: { id_token_signing_alg_values_supported: ["RS256"] },
    ofOrg: (origin: string) => ({ userinfo_endpoint: `${origin}/oauth2/v1/userinfo` }),
  },
] as const;

const open = { method: "GET", access: "public", success: 200 } as const;

/** Discovery documents and public keys of the org's own issuer and of the authorization servers. */
export const discoveryRoutes = [
  ...documents.flatMap(({ name, operation, more, ofOrg }) => [
    route({
      ...open,
      path: `/.well-known/${name}`,
      operation,
      handler: ({ call }) => ({ ...orgMetadata(call.origin), ...more, ...ofOrg(call.origin) }),
    }),
    route({
      ...open,
      path: `/oauth2/:authServerId/.well-known/${name}`,
      operation: `${operation}CustomAS`,
      params: serverParams,
      handler: ({ params, call }, context) => ({
        ...serverMetadata(context, call.origin, params.authServerId),
        ...more,
      }),
    }),
  ]),
  route({
    ...open,
    path: "/oauth2/v1/keys",
    operation: "oauthKeys",
    handler: (_parts, { data, org }) =>
      new Reply(200, { keys: publishedKeys(data, org().id, "MANUAL") }, CACHE),
  }),
  route({
    ...open,
    path: "/oauth2/:authServerId/v1/keys",
    operation: "oauthKeysCustomAS",
    params: serverParams,
    handler: ({ params }, context) => {
      const server = findServer(context, params.authServerId);
      const keys = publishedKeys(context.data, server.id, server.signing.rotationMode);
      return new Reply(200, { keys }, CACHE);
    },
  }),
];
