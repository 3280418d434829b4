import { exportJWK } from "jose";
import { Reply } from "../../kit/index.ts";
import { route } from "../context.ts";
import { identityOf, signingKeys } from "../identity.ts";
import { GRANTS } from "./grants/index.ts";

const CACHED = { "cache-control": "public, max-age=15, stale-while-revalidate=15, stale-if-error=86400" };

export const wellKnownRoutes = [
  route({
    method: "GET",
    path: "/.well-known/jwks.json",
    operation: "jwks",
    access: "public",
    success: 200,
    asyncHandler: async (_parts, { db }) => {
      const identity = identityOf(db);
      const { kty, n, e } = await exportJWK(signingKeys(identity).publicKey);
      const { kid, thumbprint, certificate } = identity.signing;
      const x5c = [certificate.replaceAll(/-----[^-]+-----|\s/g, "")];
      return new Reply(
        200,
        { keys: [{ kty, use: "sig", n, e, kid, x5t: thumbprint, x5c, alg: "RS256" }] },
        CACHED,
      );
    },
  }),
  // Says only what this tenant serves; it grows with the endpoints.
  route({
    method: "GET",
    path: "/.well-known/openid-configuration",
    operation: "openid-configuration",
    access: "public",
    success: 200,
    handler: ({ call }) => ({
      issuer: `${call.origin}/`,
      token_endpoint: `${call.origin}/oauth/token`,
      jwks_uri: `${call.origin}/.well-known/jwks.json`,
      grant_types_supported: [...GRANTS.keys()],
      token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
      token_endpoint_auth_signing_alg_values_supported: ["RS256", "RS384", "PS256"],
      response_types_supported: [],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["RS256"],
    }),
  }),
];
