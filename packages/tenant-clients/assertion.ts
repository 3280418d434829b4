import { createPrivateKey, randomUUID } from "node:crypto";
import { TenantError } from "./errors.ts";

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

export interface Assertion {
  readonly clientId: string;
  /** PEM, PKCS 1 or PKCS 8. */
  readonly key: string;
  readonly keyId?: string | undefined;
  readonly algorithm: string;
  /** The issuer or its token endpoint, whichever the vendor wants. */
  readonly audience: string;
}

/** What an application with a key says in place of a secret (RFC 7523), good for a minute. */
export async function signedAssertion(assertion: Assertion): Promise<string> {
  const { clientId, key, keyId, algorithm, audience } = assertion;
  const { SignJWT } = await import("jose");
  try {
    return await new SignJWT()
      .setProtectedHeader({ alg: algorithm, ...(keyId !== undefined && { kid: keyId }) })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime("1m")
      .setJti(randomUUID())
      .sign(createPrivateKey(key));
  } catch {
    throw new TenantError(
      "settings",
      `The private key of application ${clientId} cannot sign with ${algorithm}.`,
      { next: "give a PEM file's whole content" },
    );
  }
}
