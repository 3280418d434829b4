import { z } from "zod";
import { jsonSchema } from "@ai-api-access/emulator-core";
import { invalidBody } from "../../../errors.ts";
import { validationError } from "../../validation-error.ts";
import { clientChangeBody } from "../body.ts";
import type { ClientRecord } from "../record.ts";

/**
 * What may be changed of a client that has a metadata document; the rest is the document's. Auth0 docs, "Register
 * Applications with CIMD"; the official provider
 * also sends a redirection policy, a quota and whether callbacks are confirmed.
 */
const OPEN = {
  description: true,
  allowed_origins: true,
  web_origins: true,
  organization_usage: true,
  organization_require_behavior: true,
  default_organization: true,
  client_metadata: true,
  require_proof_of_possession: true,
  skip_non_verifiable_callback_uri_confirmation_prompt: true,
} as const;

const changeBody = z.strictObject({
  ...clientChangeBody.pick(OPEN).shape,
  organization_discovery_methods: jsonSchema.nullable().optional(),
  redirection_policy: jsonSchema.nullable().optional(),
  token_quota: jsonSchema.nullable().optional(),
  app_type: z.enum(["native", "spa", "regular_web"]).optional(),
  grant_types: z.array(z.enum(["authorization_code", "refresh_token"])).optional(),
  oidc_conformant: z.literal(true).optional(),
  jwt_configuration: z
    .strictObject({
      alg: z.enum(["RS256", "RS512", "PS256"]).optional(),
      lifetime_in_seconds: z.int().min(1).optional(),
    })
    .optional(),
  refresh_token: z
    .looseObject({
      rotation_type: jsonSchema.optional(),
      expiration_type: z.literal("expiring").optional(),
      infinite_idle_token_lifetime: z.literal(false).optional(),
    })
    .optional(),
});

export function hasDocument(client: ClientRecord): boolean {
  return client.external_metadata_type === "cimd";
}

/** Refuses a change that the document of the client rules out. Throws 400. */
export function requireOpen(client: ClientRecord, change: object): void {
  if (!hasDocument(client)) return;
  const { error } = changeBody.safeParse(change);
  if (error) throw validationError("body", error, change, changeBody);
}

/** 400 where a tenant does not take documents. The vendor's words are not published. */
export function documentsOff() {
  return invalidBody("Client ID Metadata Document Registration is not enabled for this tenant.");
}
