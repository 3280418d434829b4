import { createHash, createHmac } from "node:crypto";
import { calculateJwkThumbprint, compactVerify, decodeJwt, decodeProtectedHeader, EmbeddedJWK } from "jose";
import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import { compare } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import type { OktaContext } from "../context.ts";
import { OAuthError } from "./errors.ts";

/** How a proof may be signed: as the discovery documents say, and Okta's challenges. */
export const PROOF_ALGORITHMS = ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"];

/** Okta docs, "OAuth 2.0 error codes": how long a proof is good, in seconds. */
const PROOF_LIFE = 300;

/** Okta docs, "Configure DPoP": there is another nonce every day, and each is good for three. */
const NONCE_PERIOD = 86_400;
const NONCE_PERIODS = 3;

/** A token that was presented, and the thumbprint of the key that it is bound to, if it is bound to any. */
interface BoundToken {
  readonly token: string;
  readonly jkt: string | undefined;
}

interface Proof {
  readonly jwt: string;
  readonly header: ProtectedHeaderParameters;
  readonly claims: JWTPayload;
}

/**
 * The thumbprint of the key whose possession a request proves (RFC 9449, 4.3). With a token the request is one to Okta's
 * own API, and the proof has to be of this token and its key; without, it is one for a token, and the proof has to name
 * a nonce. Throws the vendor's text for the first thing that is wrong (Okta docs, "OAuth 2.0 error codes").
 */
export async function provenKey(context: OktaContext, call: Call, bound?: BoundToken): Promise<string> {
  const proof = proofIn(call);
  const key = await signingKey(proof);
  const { claims } = proof;
  if (claims.htm !== call.method) throw invalidProof("'htm' claim in the DPoP proof JWT is invalid.");
  if (!targets(call).includes(String(claims.htu))) {
    throw invalidProof("'htu' claim in the DPoP proof JWT is invalid.");
  }
  const end = requireTimes(context, claims);
  if (bound === undefined) requireNonce(context, claims.nonce);
  else requireBinding(bound, key, claims.ath);
  context.transaction(() => {
    markUsed(context, { jkt: key, jti: claims.jti, exp: end });
  });
  return key;
}

function invalidProof(description: string): OAuthError {
  return new OAuthError(400, "invalid_dpop_proof", description);
}

function proofIn({ headers }: Call): Proof {
  const { dpop: jwt = "" } = headers;
  if (jwt === "") throw invalidProof("The DPoP proof JWT header is missing.");
  if (jwt.includes(",")) throw invalidProof("Multiple DPoP proof JWT headers are not allowed.");
  try {
    return { jwt, header: decodeProtectedHeader(jwt), claims: decodeJwt(jwt) };
  } catch {
    throw invalidProof("The DPoP proof JWT cannot be parsed.");
  }
}

/** The thumbprint of the key in a proof's header, which signed it. */
async function signingKey({ jwt, header }: Proof): Promise<string> {
  if (header.typ !== "dpop+jwt") throw invalidProof("'typ' must be 'dpop+jwt' in the DPoP proof JWT.");
  if (!PROOF_ALGORITHMS.includes(String(header.alg))) {
    throw invalidProof("The DPoP proof JWT signature algorithm is invalid.");
  }
  if (header.jwk === undefined) throw invalidProof("The DPoP proof JWT is invalid.");
  try {
    await compactVerify(jwt, EmbeddedJWK, { algorithms: PROOF_ALGORITHMS });
    return await calculateJwkThumbprint(header.jwk);
  } catch {
    throw invalidProof("The DPoP proof JWT signature is invalid.");
  }
}

/**
 * How a proof may name the address of a request: without its query, and with nothing in its path escaped
 * (okta-sdk-nodejs, issue 521). The org answers to both names of this machine.
 */
function targets({ origin, url }: Call): string[] {
  const target = origin + decodeURIComponent(url.split("?")[0] ?? "");
  return [target, target.replace("//localhost:", "//127.0.0.1:")];
}

/** When a proof ends that is good now, in seconds since 1970. */
function requireTimes({ seconds }: OktaContext, { iat, exp }: JWTPayload): number {
  const now = seconds();
  if (typeof iat !== "number") throw invalidProof("'iat' claim in the DPoP proof JWT is invalid.");
  if (iat > now) throw invalidProof("The DPoP proof JWT is issued in the future.");
  if (iat + PROOF_LIFE < now) {
    throw invalidProof("The DPoP proof JWT is issued more than five minutes in the past.");
  }
  if (exp !== undefined && !(exp > now)) throw invalidProof("The DPoP proof JWT is expired.");
  return iat + PROOF_LIFE;
}

/** Nonces are made of the time, so that none has to be kept. */
function requireNonce({ seconds, org }: OktaContext, nonce: unknown): void {
  const { apiToken } = org();
  const period = Math.floor(seconds() / NONCE_PERIOD);
  const nonceOf = (at: number) =>
    createHmac("sha256", apiToken)
      .update(`nonce ${String(at)}`)
      .digest("base64url")
      .slice(0, 32);
  if (
    Array.from({ length: NONCE_PERIODS }, (_, age) => nonceOf(period - age)).some((good) => good === nonce)
  ) {
    return;
  }
  const text = "Authorization server requires nonce in DPoP proof.";
  throw new OAuthError(400, "use_dpop_nonce", text, { "dpop-nonce": nonceOf(period) });
}

function requireBinding({ token, jkt }: BoundToken, key: string, hash: unknown): void {
  if (hash !== createHash("sha256").update(token).digest("base64url")) {
    throw invalidProof("'ath' claim in the DPoP proof does not match the presented access_token.");
  }
  if (jkt !== key) throw invalidProof("The access_token is not bound to the provided DPoP proof.");
}

function markUsed(
  { data, seconds }: OktaContext,
  { jti, ...proof }: { readonly jkt: string; readonly jti: unknown; readonly exp: number },
): void {
  if (typeof jti !== "string" || jti === "") {
    throw invalidProof("'jti' claim in the DPoP proof JWT is invalid.");
  }
  const { usedProofs } = data;
  usedProofs.deleteWhere(compare("exp", "<", seconds()));
  const use = { ...proof, jti };
  if (usedProofs.has(usedProofs.spec.key(use))) {
    throw invalidProof("The DPoP proof JWT has already been used.");
  }
  usedProofs.insert(use);
}
