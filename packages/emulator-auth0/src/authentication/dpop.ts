import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from "jose";
import type { JWTPayload } from "jose";
import type { Call } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import { OAuthError } from "../errors.ts";
import type { ClientRecord } from "../management/clients/record.ts";
import type { ResourceServerRecord } from "../management/resource-servers/record.ts";
import { isPublicClient } from "./client-settings.ts";
import { isFirstUse } from "./once.ts";
import { digest, tenantSecret } from "./secrets.ts";

/** Auth0's SDKs sign proofs with it and with nothing else. */
export const PROOF_ALGORITHMS = ["ES256"];

/** Seconds that a nonce is good; a proof lives as long. */
const NONCE_LIFE = 300;

/** Seconds by which clocks may differ. */
const TOLERANCE = 30;

/** What of a proof is needed once it is verified. */
interface Proof {
  /** Thumbprint of the key that signed it. */
  readonly key: string;
  readonly claims: JWTPayload;
}

/** The proof of a request: signed, young and for this request (RFC 9449, 4.3). Throws when it is not. */
async function proofIn({ clock }: Auth0Context, { headers, method, url, origin }: Call): Promise<Proof> {
  const { payload, protectedHeader } = await jwtVerify(headers.dpop ?? "", EmbeddedJWK, {
    typ: "dpop+jwt",
    algorithms: PROOF_ALGORITHMS,
    maxTokenAge: NONCE_LIFE,
    clockTolerance: TOLERANCE,
    requiredClaims: ["jti"],
    currentDate: new Date(clock()),
  });
  const { htm, htu } = payload;
  const endpoint = new URL(url, origin);
  const named = typeof htu === "string" ? new URL(htu) : undefined;
  if (htm !== method) throw new Error("htm mismatch");
  if (named?.pathname !== endpoint.pathname || named.port !== endpoint.port) throw new Error("htu mismatch");
  return { key: await calculateJwkThumbprint(protectedHeader.jwk ?? {}), claims: payload };
}

/**
 * The thumbprint of the key whose possession a token request proves (RFC 9449, 5); nothing without a proof. The proof of
 * a public client has to name a nonce (Auth0 docs, "Demonstrating Proof-of-Possession"), and each counts once.
 */
export async function provenKey(
  context: Auth0Context,
  call: Call,
  client: ClientRecord,
): Promise<string | undefined> {
  if (call.headers.dpop === undefined) return undefined;
  try {
    const proof = await proofIn(context, call);
    if (isPublicClient(client)) requireNonce(context, proof.claims.nonce);
    context.transaction(() => {
      markUsed(context, proof);
    });
    return proof.key;
  } catch (error) {
    if (error instanceof OAuthError) throw error;
    throw new OAuthError(400, "invalid_dpop_proof", `Invalid DPoP proof: ${String(error)}`);
  }
}

/**
 * Whether a request with an access token proves to have the key that the token is bound to. Auth0 docs, "Demonstrating
 * Proof-of-Possession": whether the same proof came before is not looked at here.
 */
export async function provesKey(
  context: Auth0Context,
  call: Call,
  { token, jkt }: { readonly token: string; readonly jkt: string },
): Promise<boolean> {
  try {
    const { key, claims } = await proofIn(context, call);
    return key === jkt && claims.ath === digest(token);
  } catch {
    return false;
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

function markUsed(context: Auth0Context, { key, claims }: Proof): void {
  const until = context.clock() + (NONCE_LIFE + 2 * TOLERANCE) * 1000;
  const isFirst = isFirstUse(context, { signer: key, jti: String(claims.jti), until });
  if (!isFirst) throw new Error("jti was used before");
}

/**
 * What a token is bound to (Auth0 docs, "Configure Sender Constraining": an API that says nothing of it gets plain
 * tokens, whatever the client sends; one for `/userinfo` alone is bound where there is a proof). The vendor's words for a
 * proof that is missing are not published.
 *
 * @param api absent for a token that is for `/userinfo` alone
 */
export function bindingFor(
  client: ClientRecord,
  api: Pick<ResourceServerRecord, "proof_of_possession"> | undefined,
  key: string | undefined,
): { readonly jkt: string } | undefined {
  const possession = api === undefined ? { mechanism: "dpop", required: false } : api.proof_of_possession;
  const isDpop = possession?.mechanism === "dpop";
  const concerned = api?.proof_of_possession?.required_for !== "public_clients" || isPublicClient(client);
  const required = isDpop && possession.required && concerned;
  if (key === undefined && (required || client.require_proof_of_possession === true)) {
    throw new OAuthError(400, "invalid_dpop_proof", "A DPoP proof is required.");
  }
  if (!isDpop && client.require_proof_of_possession === true) {
    throw new OAuthError(400, "invalid_request", "The API does not support DPoP.");
  }
  return isDpop && key !== undefined ? { jkt: key } : undefined;
}
