import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type CryptoKey,
  type FetchImplementation,
  type JWTVerifyGetKey,
} from "jose";
import { check, Refusal, RETRY_AFTER } from "./refusal.ts";

/** Bytes; both vendors publish a few thousand. */
const LARGEST_KEY_SET = 65_536;
/** Milliseconds until it has come whole. */
const LONGEST_REQUEST = 5000;

/**
 * The signing keys that an issuer publishes. By jose's defaults they are kept for ten minutes, and an unknown key id
 * makes it look again after 30 seconds.
 */
export function publishedKeys(url: string): JWTVerifyGetKey {
  const findKey = createRemoteJWKSet(new URL(url), {
    timeoutDuration: LONGEST_REQUEST,
    [customFetch]: boundedFetch(),
  });
  return async (header) => {
    // Both vendors always name the key. Without a name, jose would use an only key.
    check(typeof header.kid === "string", "no key id");
    const key = await findKey(header).catch((cause: unknown) => {
      const { JWKSNoMatchingKey, JWKSMultipleMatchingKeys } = errors;
      if (cause instanceof JWKSNoMatchingKey || cause instanceof JWKSMultipleMatchingKeys) throw cause;
      throw new Refusal("temporarily_unavailable", `no keys from ${url}`, { cause });
    });
    if (!hasSoundExponent(key)) throw new Refusal("temporarily_unavailable", "the key cannot be used");
    return key;
  };
}

/**
 * NIST SP 800-56B, 6.2: an RSA key's exponent is odd and at least 65537; with 1, anybody can sign. That the key has
 * 2048 bits, jose looks itself.
 */
function hasSoundExponent({ algorithm }: CryptoKey): boolean {
  const exponent = "publicExponent" in algorithm ? algorithm.publicExponent : undefined;
  if (!ArrayBuffer.isView(exponent)) return false;
  const { buffer, byteOffset, byteLength } = exponent;
  const number = BigInt(`0x${Buffer.from(buffer, byteOffset, byteLength).toString("hex")}`);
  return number >= 65_537n && number % 2n === 1n;
}

/** Asks at most once in 30 seconds, also while the issuer fails: jose would ask again for every token then. */
function boundedFetch(): FetchImplementation {
  let lastRequest = -Infinity;
  return async (url, options) => {
    // Not the time of day: set back, it would stop the requests for as long.
    const now = performance.now();
    if (now - lastRequest < RETRY_AFTER * 1000) throw new Error("The last request was too recent.");
    lastRequest = now;

    const { body, status } = await fetch(url, options);
    const stream: AsyncIterable<Uint8Array> | null = body;
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of stream ?? []) {
      size += chunk.length;
      if (size > LARGEST_KEY_SET) throw new Error(`The answer has more than ${LARGEST_KEY_SET} bytes.`);
      chunks.push(chunk);
    }
    return new Response(Buffer.concat(chunks), { status });
  };
}
