/** `serviceApp.jwks`: the public keys that the service app signs with. RFC 7517 and 7518; Okta docs, "Build a JWK". */
import { z } from "zod";
import { field, type Findings, joined, type Readable, repeated } from "./field.ts";
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

type Key = Readable<z.output<typeof jwk>>;

const numberOf = (base64url: string) => BigInt(`0x0${Buffer.from(base64url, "base64url").toString("hex")}`);
const BASE64URL = /^[A-Za-z0-9_-]+$/;

/** In bits: Okta docs, "Add a JSON Web Key", and NIST SP 800-131A. */
const SHORTEST_RSA = 2048;

/** The exponent by the rule of NIST SP 800-56B: odd, and more than 2^16. */
function strongRsa({ kty, e, n }: Key): Findings {
  if (kty !== "RSA") return undefined;
  const findings = [];
  if (n !== undefined && BASE64URL.test(n) && numberOf(n).toString(2).length < SHORTEST_RSA) {
    findings.push({
      path: ["n"],
      got: `the modulus of a key of ${String(numberOf(n).toString(2).length)} bits`,
      wants: `a key of at least ${String(SHORTEST_RSA)} bits: a shorter one can be broken, and Okta refuses it`,
      example: NUMBERS.RSA.n,
      next: "make another: npx ai-api-access keys new (docs/keys.md)",
    });
  }
  if (e !== undefined && BASE64URL.test(e) && (numberOf(e) < 65_537n || numberOf(e) % 2n === 0n)) {
    findings.push({
      path: ["e"],
      wants: "an odd exponent of at least 65537, which is AQAB: with a small one signatures can be forged",
      example: NUMBERS.RSA.e,
      next: "make another: npx ai-api-access keys new (docs/keys.md)",
    });
  }
  return findings;
}

/** Bytes of a coordinate: RFC 7518, 6.2.1.2. */
const CURVES: Readonly<Record<number, string>> = { 32: "P-256", 48: "P-384", 66: "P-521" };

function knownCurve({ kty, x, y, crv }: Key): Findings {
  if (kty !== "EC") return undefined;
  const numbers = Object.entries({ x, y }).filter(
    ([, value]) => value !== undefined && BASE64URL.test(value),
  );
  const curves = numbers.map(([name, value = ""]) => ({
    name,
    curve: CURVES[Buffer.from(value, "base64url").length],
  }));
  const expected = crv ?? curves.find(({ curve }) => curve !== undefined)?.curve;
  return curves
    .filter(({ curve }) => curve === undefined || curve !== expected)
    .map(({ name }) => ({
      path: [name],
      wants: `a coordinate of 32, 48 or 66 bytes, both of the same curve: ${Object.values(CURVES).join(", ")}`,
      example: name === "x" ? NUMBERS.EC.x : NUMBERS.EC.y,
    }));
}

function bothNumbers(key: Key): Findings {
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
}

const wholeKey = joined(jwk, bothNumbers, strongRsa, knownCurve);

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
