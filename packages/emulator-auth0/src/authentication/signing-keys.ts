import { createHash, createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
// @peculiar/x509 looks for its metadata on load, so this comes first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { errors } from "jose";
import { urlSafe } from "@ai-api-access/emulator-core";
import type { Auth0Context } from "../context.ts";
import type { SigningKeyRecord } from "../management/record.ts";

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const TEN_YEARS = 10 * 365 * 24 * 3600 * 1000;

/** Makes a random key with a self-signed certificate, which is not in use yet. */
export async function makeSigningKey(commonName = "local-auth0-tenant"): Promise<SigningKeyRecord> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${commonName}`,
      keys,
      signingAlgorithm: RSA,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + TEN_YEARS),
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    kid: urlSafe(21),
    privateKey: createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
      .export({ type: "pkcs8", format: "pem" })
      .toString(),
    certificate: certificate.toString("pem"),
    thumbprint: createHash("sha1").update(Buffer.from(certificate.rawData)).digest("base64url"),
  };
}

/** What a key is for at present (Auth0 docs: rotate signing keys). */
export function stageOf(key: SigningKeyRecord): "next" | "current" | "previous" | "revoked" {
  if (key.revoked_at !== undefined) return "revoked";
  if (key.current_until !== undefined) return "previous";
  return key.current_since === undefined ? "next" : "current";
}

/** The key that signs. */
export function currentKey({ data }: Auth0Context): SigningKeyRecord {
  const key = data.signingKeys.find().find((one) => stageOf(one) === "current");
  if (key === undefined) throw new Error("The tenant's database holds no signing key; restore or reset it.");
  return key;
}

/** The keys that verifiers should know: the current, the next, and previous ones until they are revoked. */
export function publishedKeys({ data }: Auth0Context): readonly SigningKeyRecord[] {
  return data.signingKeys.find().filter((key) => stageOf(key) !== "revoked");
}

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** The public half as verifiers read it. */
  readonly publicJwk: Readonly<webcrypto.JsonWebKey>;
}

const pairs = new Map<string, KeyPair>();

/** A key's two halves, parsed once and not for each token or reader of the keys. */
export function keyPair({ privateKey: pem }: SigningKeyRecord): KeyPair {
  const known = pairs.get(pem);
  if (known !== undefined) return known;
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const pair = { privateKey, publicKey, publicJwk: publicKey.export({ format: "jwk" }) };
  pairs.set(pem, pair);
  return pair;
}

/** Finds the public key for one of the tenant's own tokens, by its `kid`. */
export function verificationKey(context: Auth0Context) {
  return ({ kid }: { readonly kid?: string | undefined }): KeyObject => {
    const key = publishedKeys(context).find((one) => one.kid === kid);
    if (key === undefined) throw new errors.JWSSignatureVerificationFailed();
    return keyPair(key).publicKey;
  };
}
