import { createHash, createPrivateKey, createPublicKey, webcrypto } from "node:crypto";
import type { KeyObject } from "node:crypto";
// @peculiar/x509 looks for its metadata on load, so this comes first.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { alphanumeric, urlSafe } from "../kit/index.ts";
import type { Collections, Identity } from "./collections.ts";

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  publicExponent: new Uint8Array([1, 0, 1]),
  modulusLength: 2048,
};

const TEN_YEARS = 10 * 365 * 24 * 3600 * 1000;

/** Makes a tenant's credentials and its signing key with a self-signed certificate, all random. */
export async function makeIdentity(): Promise<Identity> {
  const keys = await webcrypto.subtle.generateKey(RSA, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=local-auth0-tenant",
      keys,
      signingAlgorithm: RSA,
      notBefore: new Date(),
      notAfter: new Date(Date.now() + TEN_YEARS),
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    key: "identity",
    management: {
      clientId: alphanumeric(32),
      clientSecret: urlSafe(64),
      apiToken: `local_${urlSafe(64)}`,
    },
    signing: {
      kid: urlSafe(21),
      privateKey: createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
        .export({ type: "pkcs8", format: "pem" })
        .toString(),
      certificate: certificate.toString("pem"),
      thumbprint: createHash("sha1").update(Buffer.from(certificate.rawData)).digest("base64url"),
    },
  };
}

/** The tenant's identity; every tenant has one from birth. */
export function identityOf(collections: Collections): Identity {
  const identity = collections.identity.get("identity");
  if (identity === undefined)
    throw new Error("The tenant's database holds no identity; restore or reset it.");
  return identity;
}

const keys = new Map<string, { readonly privateKey: KeyObject; readonly publicKey: KeyObject }>();

/** The tenant's signing key. Parsed once for each key, not for each token. */
export function signingKeys(identity: Identity): {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
} {
  const known = keys.get(identity.signing.privateKey);
  if (known !== undefined) return known;
  const privateKey = createPrivateKey(identity.signing.privateKey);
  const parsed = { privateKey, publicKey: createPublicKey(privateKey) };
  keys.set(identity.signing.privateKey, parsed);
  return parsed;
}
