/** `serviceApp.jwks`: the public keys that the service app signs with. RFC 7517 and 7518; Okta docs, "Build a JWK". */
import { z } from "zod";
import { field, joined, repeated } from "./field.ts";
import { oneOf, pattern, text } from "./kinds.ts";

export const KEY_EXAMPLE = "{ kty: RSA, kid: ai-service-2025-01, e: AQAB, n: 0vx7agoebGcQSuu… }";

const NUMBERS = {
  RSA: { e: "AQAB", n: "0vx7agoebGcQSuu…" },
  EC: { x: "f83OJ3D2xF1Bg8v…", y: "x_FEzRu9m36HLN_…" },
};

const number = (what: string, kty: "RSA" | "EC", example: string) =>
  pattern(/^[A-Za-z0-9_-]+$/, {
    wants: `${what} of the public key, base64url`,
    example,
    description: `A number of an ${kty} key`,
    leftOut: `the key is not of kty ${kty}`,
  }).optional();

const notSent = { description: "Accepted, because tools write it, and not sent", leftOut: "the same" };

/** RFC 7518, 6.2.2, 6.3.2 and 6.4: with any of these a JWK is the private or the shared key. */
const privatePart = field(z.never(), {
  got: "a part of the private key (not shown)",
  wants: "the public key alone: kty and kid, with e and n (RSA) or x and y (EC)",
  example: KEY_EXAMPLE,
  next: "remove it and make a new key pair: this one has been written into a file that is shared",
}).optional();

const jwk = z.strictObject({
  kty: oneOf(["RSA", "EC"], { example: "RSA", description: "The kind of the key" }),
  kid: text(255, { example: "ai-service-2025-01", description: "Its name, another for each key" }),
  e: number("the exponent (e)", "RSA", NUMBERS.RSA.e),
  n: number("the modulus (n)", "RSA", NUMBERS.RSA.n),
  x: number("the x coordinate", "EC", NUMBERS.EC.x),
  y: number("the y coordinate", "EC", NUMBERS.EC.y),
  use: field(z.literal("sig"), { wants: "sig, or left out", example: "sig", ...notSent }).optional(),
  alg: oneOf(["RS256", "RS384", "RS512", "ES256", "ES384", "ES512"], {
    example: "RS256",
    ...notSent,
  }).optional(),
  crv: oneOf(["P-256", "P-384", "P-521"], { example: "P-256", ...notSent }).optional(),
  d: privatePart,
  p: privatePart,
  q: privatePart,
  dp: privatePart,
  dq: privatePart,
  qi: privatePart,
  oth: privatePart,
  k: privatePart,
});

const wholeKey = joined(jwk, (key) => {
  if (key.kty === undefined) return undefined;
  const { kty } = key;
  const numbers = Object.entries(NUMBERS[kty]);
  return numbers
    .filter(([name]) => !(name in key))
    .map(([name, example]) => ({
      path: [name],
      wants: `${numbers.map(([one]) => one).join(" and ")}: an ${kty} key consists of both`,
      example,
    }));
});

const list = z
  .array(field(wholeKey, { wants: "one public key as a JWK object", example: KEY_EXAMPLE }))
  .min(1)
  .max(2);

export const jwks = field(
  joined(list, (keys) =>
    repeated(keys.map((key) => key?.kid)).map(({ index }) => ({
      path: [index, "kid"],
      got: "the kid of another key of the list",
      wants: "a kid of its own for each key: Okta picks the key by it",
      example: "ai-service-2025-02",
    })),
  ),
  {
    wants: "a list of one public key, or two while one takes over from the other",
    example: `[${KEY_EXAMPLE}]`,
    description: "The public keys that the app signs with; with `private_key_jwt`, this or `jwksUri`",
    leftOut: "the app proves itself with `jwksUri`, or with a secret",
  },
);

/** What the Okta provider sends of a key: it has no place for use, alg and crv. */
export function publicJwk({ kty, kid, e, n, x, y }: z.output<typeof jwk>) {
  return { kty, kid, e, n, x, y };
}
