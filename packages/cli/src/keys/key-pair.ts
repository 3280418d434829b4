import { exportJWK, generateKeyPair, type JWK } from "jose";
import { z } from "zod";

/** RFC 7518, 6.3.1: an RSA public key, as it stands in a stack's file. */
const publicKeySchema = z.object({ kty: z.literal("RSA"), kid: z.string(), e: z.string(), n: z.string() });
export type PublicKey = z.output<typeof publicKeySchema>;

export interface KeyPair {
  readonly publicKey: PublicKey;
  /** The whole key as a JWK, on one line. Secret. */
  readonly privateKey: string;
}

/** Okta docs, "Build a JWT for client authentication": RS256 is what every client can sign with. */
const ALGORITHM = "RS256";

/** @param bits of the modulus */
export async function newKeyPair(kid: string, bits: number): Promise<KeyPair> {
  const { privateKey } = await generateKeyPair(ALGORITHM, { modulusLength: bits, extractable: true });
  const whole: JWK = { ...(await exportJWK(privateKey)), kid, use: "sig", alg: ALGORITHM };
  return { publicKey: publicKeySchema.parse(whole), privateKey: `${JSON.stringify(whole)}\n` };
}

/** `prod-2026-11-22`, with a number after it when that is taken. */
export function newKid(stack: string, taken: readonly string[], now = new Date()): string {
  const first = `${stack.split("/").at(-1) ?? stack}-${now.toISOString().slice(0, 10)}`;
  for (let number = 1; ; number++) {
    const kid = number === 1 ? first : `${first}-${String(number)}`;
    if (!taken.includes(kid)) return kid;
  }
}
