import { KeyObject } from "node:crypto";
import { createRemoteJWKSet, errors, type JWSHeaderParameters } from "jose";
import { KeysUnavailable, TokenRefused } from "./refusal.ts";
import { isText, type Issuer } from "./issuer.ts";

export interface KeyOptions {
  /**
   * How long, in milliseconds, no token makes the verifier ask for keys again after it got some. A key id that
   * nobody knows costs the issuer at most one request in that time; so long a new key may go unknown. 30 s.
   */
  readonly keysCooldown?: number;
  /** After how many milliseconds the keys are asked for again, so that one that was taken back is forgotten. 10 min. */
  readonly keysMaxAge?: number;
}

/** RFC 7518, 3.3. */
const SHORTEST_KEY = 2048;

/**
 * Finds the key that a token names among those that the issuer publishes.
 *
 * @throws TokenRefused when the issuer has no such key
 * @throws KeysUnavailable
 */
export type FindKey = (header: JWSHeaderParameters) => Promise<KeyObject>;

/** Keys are imported once and kept as long as `jose` keeps them. */
export function keysOf(
  { iss, keysUrl }: Issuer,
  { keysCooldown = 30_000, keysMaxAge = 600_000 }: KeyOptions,
): FindKey {
  const find = createRemoteJWKSet(keysUrl, { cooldownDuration: keysCooldown, cacheMaxAge: keysMaxAge });
  const imported = new WeakMap<WeakKey, KeyObject>();
  return async (header) => {
    // Both vendors always name the key. Without a name, any single key would do.
    if (!isText(header.kid)) throw new TokenRefused("no key id");
    try {
      const found = await find(header);
      const key = imported.get(found) ?? rsaKey(KeyObject.from(found));
      imported.set(found, key);
      return key;
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
        throw new TokenRefused("unknown key", { cause: error });
      }
      throw new KeysUnavailable(iss, { cause: error });
    }
  };
}

function rsaKey(key: KeyObject): KeyObject {
  const { modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
  if (key.asymmetricKeyType !== "rsa" || modulusLength < SHORTEST_KEY) {
    throw new TypeError("The key is no RSA key of 2048 bits or more.");
  }
  return key;
}
