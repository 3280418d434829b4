/** Asks for a token with a private key, as an application would: the only proof that a key works. */
import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { askForOktaToken } from "@ai-api-access/tenant-clients";
import { UserError } from "@ai-api-access/user-error";
import { z } from "zod";
import type { Outputs } from "./deployed.ts";

const keySchema = z.looseObject({ kty: z.literal("RSA"), kid: z.string(), d: z.string() });
export type PrivateKey = z.output<typeof keySchema>;

/** @throws UserError when the file is not one that `keys new` wrote; nothing of it is shown */
export function readPrivateKey(file: string): PrivateKey {
  try {
    return keySchema.parse(JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")));
  } catch (error) {
    throw new UserError(`--key: ${file} is not a private key as \`keys new\` writes it (a JWK).`, {
      cause: error,
    });
  }
}

const PATIENCE_MS = 20_000;

const refusalSchema = z.object({ error: z.string(), error_description: z.string().default("") });

/**
 * @returns undefined when the key is taken, else why not, in the issuer's words
 * @throws TenantError when the issuer gives no answer
 */
export async function refusalOf(key: PrivateKey, outputs: Outputs): Promise<string | undefined> {
  const { clientId, oktaTokenEndpoint, oktaScopes } = outputs;
  const pem = createPrivateKey({ key, format: "jwk" }).export({ type: "pkcs8", format: "pem" });
  const { status, body } = await askForOktaToken(
    oktaTokenEndpoint,
    { clientId, key: String(pem), keyId: key.kid, scopes: oktaScopes.slice(0, 1) },
    { timeout: PATIENCE_MS },
  );
  if (status === 200) return undefined;
  const refusal = refusalSchema.safeParse(body);
  return refusal.success
    ? `${refusal.data.error}: ${refusal.data.error_description}`
    : `HTTP ${String(status)}`;
}
