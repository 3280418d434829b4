import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from "jose";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import { OAuthError } from "../errors.ts";
import type { ClientRecord } from "../management/clients/record.ts";
import type { ResourceServerRecord } from "../management/resource-servers/record.ts";
import { isPublicClient } from "./client-settings.ts";
import { tenantSecret } from "./secrets.ts";

/** Auth0's SDKs sign proofs with it and with nothing else. */
export const PROOF_ALGORITHMS = ["ES256"];

/** Seconds that a nonce is good; a proof lives as long. */
const NONCE_LIFE = 300;

/**
 * The thumbprint of the key whose possession a token request proves (RFC 9449, 5); nothing without a proof. The proof of
 * a public client has to name a nonce (Auth0 docs, "Demonstrating Proof-of-Possession").
 */
export async function provenKey(
  context: Auth0Context,
  { headers, method, url, origin }: Call,
  client: ClientRecord,
): Promise<string | undefined> {
  const { dpop: proof } = headers;
  if (proof === undefined) return undefined;
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: "dpop+jwt",
      algorithms: PROOF_ALGORITHMS,
      maxTokenAge: NONCE_LIFE,
      clockTolerance: 30,
      requiredClaims: ["jti"],
      currentDate: new Date(context.clock()),
    });
    const { htm, htu, nonce } = payload;
    const endpoint = new URL(url, origin);
    const named = typeof htu === "string" ? new URL(htu) : undefined;
    if (htm !== method) throw new Error("htm mismatch");
    if (named?.pathname !== endpoint.pathname || named.port !== endpoint.port)
      throw new Error("htu mismatch");
    if (isPublicClient(client)) requireNonce(context, nonce);
    return await calculateJwkThumbprint(protectedHeader.jwk ?? {});
  } catch (error) {
    if (error instanceof OAuthError) throw error;
    throw new OAuthError(400, "invalid_dpop_proof", `Invalid DPoP proof: ${String(error)}`);
  }
}

/** Nonces are made of the time, so that none has to be kept. */
function requireNonce(context: Auth0Context, nonce: unknown): void {
  const period = Math.floor(context.seconds() / NONCE_LIFE);
  const nonceOf = (at: number) => `${String(at)}.${tenantSecret(context, "dpop nonces").slice(0, 16)}`;
  if (nonce === nonceOf(period) || nonce === nonceOf(period - 1)) return;
  const headers = { "dpop-nonce": nonceOf(period) };
  const text = "Authorization server requires nonce in DPoP proof";
  throw new OAuthError(400, "use_dpop_nonce", text, {}, headers);
}

/**
 * What a token is bound to (Auth0 docs, "Configure Sender Constraining": an API that says nothing of it gets plain
 * tokens, whatever the client sends). The vendor's words for a proof that is missing are not published.
 */
export function bindingFor(
  client: ClientRecord,
  { proof_of_possession: possession }: Pick<ResourceServerRecord, "proof_of_possession">,
  key: string | undefined,
): { readonly jkt: string } | undefined {
  const isDpop = possession?.mechanism === "dpop";
  const concerned = possession?.required_for !== "public_clients" || isPublicClient(client);
  const required = isDpop && possession.required && concerned;
  if (key === undefined && (required || client.require_proof_of_possession === true)) {
    throw new OAuthError(400, "invalid_dpop_proof", "A DPoP proof is required.");
  }
  if (!isDpop && client.require_proof_of_possession === true) {
    throw new OAuthError(400, "invalid_request", "The API does not support DPoP.");
  }
  return isDpop && key !== undefined ? { jkt: key } : undefined;
}
