import { z } from "zod";
import { field } from "./field.ts";
import { flag, oneOf, text, webUrl, wholeNumber } from "./text.ts";

const base64url = (what: string, example: string) =>
  field(z.string().regex(/^[A-Za-z0-9_-]+$/), {
    wants: `${what} of the public key, base64url`,
    example,
  }).optional();

// The provider sends kid, kty and the numbers of the key and nothing else; use, alg and crv are accepted because
// every tool that makes a JWK writes them.
const jwk = field(
  z.strictObject({
    kty: oneOf(["RSA", "EC"], "RSA"),
    kid: text(255, "ai-service-2025-01"),
    e: base64url("the exponent (e)", "AQAB"),
    n: base64url("the modulus (n)", "0vx7agoebGcQSuu…"),
    x: base64url("the x coordinate", "f83OJ3D2xF1Bg8v…"),
    y: base64url("the y coordinate", "x_FEzRu9m36HLN_…"),
    use: field(z.literal("sig"), { wants: "sig, or left out", example: "sig" }).optional(),
    alg: oneOf(["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"], "RS256").optional(),
    crv: oneOf(["P-256", "P-384", "P-521"], "P-256").optional(),
  }),
  {
    wants: "one public key as a JWK object",
    example: "{ kty: RSA, kid: ai-service-2025-01, e: AQAB, n: 0vx7agoebGcQSuu… }",
  },
);

// Okta docs: Authorization Servers API, "Scope properties".
const scopeName = field(
  z
    .string()
    .max(255)
    .regex(/^(?!okta[.:])(?!okta$)(?!\*$)[\x21\x23-\x5b\x5d-\x7e]+$/),
  {
    wants: 'printable ASCII without blanks, " and \\; not okta, not *, not beginning with okta. or okta:',
    example: "ai:read",
  },
);

const scope = field(
  z.strictObject({
    name: scopeName,
    description: text(1000, "Ask the AI").optional(),
    existing: flag(true).default(false),
  }),
  { wants: "an object with name and description", example: "{ name: ai:read, description: Ask the AI }" },
);

const authorizationServer = field(
  z.strictObject({
    name: text(255, "ai").optional(),
    description: text(1000, "AI API").optional(),
    existing: field(z.string().regex(/^(?:aus[A-Za-z0-9]{17}|default)$/), {
      wants: "the id of an authorization server that exists (aus and 17 more characters), or default",
      example: "aus1a2b3c4d5e6f7g8h9",
    }).optional(),
  }),
  { wants: "an object with either name or existing", example: "{ existing: aus1a2b3c4d5e6f7g8h9 }" },
);

export const AUTH_METHODS = ["client_secret_post", "client_secret_basic", "private_key_jwt"] as const;

export const serviceAppSchema = field(
  z.strictObject({
    label: text(100, "AI Service OAuth App").default("AI Service OAuth App"),
    tokenEndpointAuthMethod: oneOf(AUTH_METHODS, "client_secret_post").default("client_secret_post"),
    jwks: field(z.array(jwk).min(1).max(2), {
      wants: "a list of one public key, or two while one takes over from the other",
      example: "[{ kty: RSA, kid: ai-service-2025-01, e: AQAB, n: 0vx7agoebGcQSuu… }]",
    }).optional(),
    jwksUri: webUrl("https://ai.example.com/.well-known/jwks.json").optional(),
    audience: field(z.string().regex(/^\S{1,600}$/), {
      wants: "1 to 600 characters without blanks; left out, it is the identifier of ai-api-access:api",
      example: "https://ai.example.com",
    }).optional(),
    scopes: field(z.array(scope).min(1), {
      wants: "a list of at least one scope (without one, Okta gives the app no token)",
      example: "[{ name: ai:read, description: Ask the AI }]",
    }),
    accessTokenLifetimeMinutes: wholeNumber(5, 1440, "minutes", 60).default(60),
    redirectUris: field(z.array(webUrl("https://example.com/oauth/callback")), {
      wants: "a list of URLs",
      example: '["https://example.com/oauth/callback"]',
    }).default([]),
    postLogoutRedirectUris: field(z.array(webUrl("https://example.com/")), {
      wants: "a list of URLs",
      example: '["https://example.com/"]',
    }).default([]),
    authorizationServer: authorizationServer.default({}),
  }),
  {
    wants: "an object with at least scopes",
    example: "{ scopes: [{ name: ai:read, description: Ask the AI }] }",
  },
);
