import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import { choice, flag, text } from "../formats.ts";

const lifetime = z.int().min(0).max(2592000).optional();

const policy = (policies: readonly [string, ...string[]]) =>
  z.looseObject({ policy: z.enum(policies) }).optional();

const settings = {
  name: z
    .string()
    .max(200)
    .regex(/^[^<>]+$/)
    .optional()
    .describe("Friendly name for this resource server. Can not contain `<` or `>` characters."),
  scopes: z
    .array(
      z.strictObject({
        value: text(1, 280, "Value of this scope."),
        description: z.string().max(500).optional().describe("User-friendly description of this scope."),
      }),
    )
    .max(1000)
    .optional()
    .describe("List of permissions (scopes) that this API uses."),
  signing_alg: choice(
    ["HS256", "RS256", "RS512", "PS256"],
    "Algorithm used to sign JWTs. Can be `HS256` or `RS256`.",
  ),
  signing_secret: z
    .string()
    .min(16)
    .optional()
    .describe("Secret used to sign tokens when using symmetric algorithms (HS256)."),
  allow_offline_access: flag("Whether refresh tokens can be issued for this API (true) or not (false)."),
  allow_online_access: flag("Whether online access tokens can be issued for this API (true) or not (false)."),
  allow_online_access_with_ephemeral_sessions: z.boolean().optional(),
  token_lifetime: lifetime.describe(
    "Expiration value (in seconds) for access tokens issued for this API from the token endpoint.",
  ),
  token_lifetime_for_web: lifetime.describe(
    "Expiration value (in seconds) for access tokens issued for this API via Implicit or Hybrid Flows.",
  ),
  token_lifetime_for_anonymous_access_tokens: lifetime
    .nullable()
    .describe("Expiration value (in seconds) for anonymous access tokens issued for this API."),
  enforce_policies: flag("Whether authorization polices are enforced (true) or unenforced (false)."),
  token_dialect: choice(
    ["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"],
    "Dialect of access tokens that should be issued.",
  ),
  skip_consent_for_verifiable_first_party_clients: flag(
    "Whether to skip user consent for applications flagged as first party (true) or not (false).",
  ),
  consent_policy: z.enum(["transactional-authorization-with-mfa"]).nullable().optional(),
  authorization_details: z.array(jsonSchema).nullable().optional(),
  authorization_policy: jsonSchema.optional(),
  proof_of_possession: z
    .strictObject({
      mechanism: z.enum(["mtls", "dpop"]),
      required: z.boolean(),
      required_for: z.enum(["public_clients", "all_clients"]).optional(),
    })
    .nullable()
    .optional(),
  token_encryption: z
    .strictObject({
      format: z.enum(["compact-nested-jwe"]),
      encryption_key: z.strictObject({
        name: z.string().max(128).optional(),
        alg: z.enum(["RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512"]),
        kid: z.string().optional(),
        pem: z.string(),
      }),
    })
    .nullable()
    .optional(),
  subject_type_authorization: z
    .strictObject({
      user: policy(["allow_all", "deny_all", "require_client_grant"]),
      client: policy(["deny_all", "require_client_grant"]),
    })
    .optional(),
  verificationLocation: z.string().nullable().optional(),
  client_id: z.string().optional(),
};

/** A new resource server as a request carries it. */
export const resourceServerBody = z.strictObject({
  identifier: text(
    1,
    600,
    "Unique identifier for the API used as the audience parameter on authorization calls. Can not be changed once set.",
  ),
  ...settings,
});

/** A change of a resource server; its identifier cannot be changed. */
export const resourceServerChangeBody = z.strictObject(settings);

/** What a resource server has that nothing else was said of. */
export const NEW_RESOURCE_SERVER = {
  allow_offline_access: false,
  skip_consent_for_verifiable_first_party_clients: false,
  subject_type_authorization: { client: { policy: "require_client_grant" }, user: { policy: "allow_all" } },
  token_lifetime: 86400,
  token_lifetime_for_web: 7200,
  signing_alg: "RS256",
};

/** The vendor's scopes of the My Account API: what people may do with which of their own things. */
const MY_ACCOUNT_SCOPES = {
  connected_accounts: ["create", "read", "delete"],
  authentication_methods: ["read", "delete", "update", "create"],
  factors: ["read"],
};

const capitalized = (text: string) =>
  text.replaceAll(
    /(^|_)(\w)/g,
    (_all, gap: string, letter: string) => `${gap === "" ? "" : " "}${letter.toUpperCase()}`,
  );

/** What the My Account API is, whatever a request says of it (recorded answers). */
export const MY_ACCOUNT = {
  name: "Auth0 My Account API",
  allow_offline_access: true,
  skip_consent_for_verifiable_first_party_clients: true,
  subject_type_authorization: { client: { policy: "deny_all" }, user: { policy: "require_client_grant" } },
  token_lifetime: 600,
  token_lifetime_for_web: 600,
  scopes: Object.entries(MY_ACCOUNT_SCOPES).flatMap(([things, actions]) =>
    actions.map((action) => ({
      value: `${action}:me:${things}`,
      description: `${capitalized(action)} ${capitalized(things)}`,
    })),
  ),
  is_system: true,
  proof_of_possession: { mechanism: "dpop", required: false },
};
