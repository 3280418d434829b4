/** Asks for a token with a private key, as an application would: the only proof that a key works. */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { importJWK, SignJWT } from "jose";
import { z } from "zod";
import { TwinError } from "@ai-api-access/local/errors.ts";
import type { Outputs } from "./deployed.ts";
import { ALGORITHM } from "./key-pair.ts";

const keySchema = z.looseObject({ kty: z.literal("RSA"), kid: z.string(), d: z.string() });
export type PrivateKey = z.output<typeof keySchema>;

/** @throws TwinError when the file is not one that `keys new` wrote; nothing of it is shown */
export function readPrivateKey(file: string): PrivateKey {
  try {
    return keySchema.parse(JSON.parse(readFileSync(file === "-" ? 0 : file, "utf8")));
  } catch (error) {
    throw new TwinError(`--key: ${file} is not a private key as \`keys new\` writes it (a JWK).`, 1, {
      cause: error,
    });
  }
}

/** Okta docs, "Client authentication methods": RFC 7523 assertions. */
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const LIFETIME = "5m";
const PATIENCE_MS = 20_000;

const refusalSchema = z.object({ error: z.string(), error_description: z.string().default("") });

/** @returns undefined when the key is taken, else why not, in the issuer's words */
export async function refusalOf(key: PrivateKey, outputs: Outputs): Promise<string | undefined> {
  const { clientId, oktaTokenEndpoint, oktaScopes } = outputs;
  const assertion = await new SignJWT({ jti: randomUUID() })
    .setProtectedHeader({ alg: ALGORITHM, kid: key.kid })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(oktaTokenEndpoint)
    .setIssuedAt()
    .setExpirationTime(LIFETIME)
    .sign(await importJWK(key, ALGORITHM));
  const answer = await fetch(oktaTokenEndpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      scope: oktaScopes[0] ?? "",
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: assertion,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((error: unknown) => {
    throw new TwinError(`${oktaTokenEndpoint} cannot be reached.`, 1, { cause: error });
  });
  if (answer.ok) return undefined;
  const refusal = refusalSchema.safeParse(await answer.json().catch(() => undefined));
  return refusal.success
    ? `${refusal.data.error}: ${refusal.data.error_description}`
    : `HTTP ${String(answer.status)}`;
}
