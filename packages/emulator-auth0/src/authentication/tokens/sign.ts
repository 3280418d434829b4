import { SignJWT } from "jose";
import type { JWTPayload } from "jose";
import type { Auth0Context } from "../../context.ts";
import { currentKey, keyPair } from "../signing-keys.ts";

/** How a token is signed: with a secret, or with the tenant's current key. */
interface Signature {
  /** `HS256` goes by the secret, and by RS256 where there is none. */
  readonly alg: string;
  readonly secret: string | undefined;
  /** The `typ` of the header: `JWT` by default. */
  readonly typ?: string;
}

/** Signs a token's claims. */
export function sign(context: Auth0Context, claims: JWTPayload, signature: Signature): Promise<string> {
  const { alg, secret, typ = "JWT" } = signature;
  const jwt = new SignJWT(claims);
  if (alg === "HS256" && secret !== undefined) {
    return jwt.setProtectedHeader({ alg, typ }).sign(Buffer.from(secret));
  }
  const key = currentKey(context);
  const asymmetric = alg === "HS256" ? "RS256" : alg;
  return jwt.setProtectedHeader({ alg: asymmetric, typ, kid: key.kid }).sign(keyPair(key).privateKey);
}
