/** Tokens that are bound to a key come with a proof of it (RFC 9449, DPoP), and count for nothing without. */
import { createHash } from "node:crypto";
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTPayload } from "jose";
import type { Proof } from "./credentials.ts";
import { check, PROOF_ALGORITHMS, Refusal } from "./refusal.ts";

/** Characters. */
const LONGEST_PROOF = 8192;
/** So many proofs are remembered. */
const MOST_PROOFS = 100_000;

export interface Presented {
  readonly token: string;
  /** Of the token, which has been verified. */
  readonly claims: JWTPayload;
  readonly proof: Proof | undefined;
  /** Whether a token that is bound to no key is refused. */
  readonly required: boolean;
}

/**
 * Makes a check that a token is presented by the application that it was issued to; it remembers the proofs it has seen.
 *
 * @throws Refusal 401
 */
export function possessionCheck(): (presented: Presented) => Promise<void> {
  const isNew = onlyOnce();
  return async ({ token, claims: { cnf }, proof, required }) => {
    if (cnf === undefined) {
      check(proof === undefined && !required, "not bound to a key");
      return;
    }
    const key = keyIn(cnf);
    check(key !== undefined, "bound to something else than a key of DPoP");
    check(proof !== undefined, "bound to a key, and no proof");
    const { jti, iat } = await verified(proof, { key, ath: digest(token) });
    checkProof(isNew(digest(`${key} ${jti}`), iat), "used before");
  };
}

/** The thumbprint of the only key that a token is bound to: of another binding, by `x5t#S256`, there is no proof here. */
function keyIn(cnf: unknown): string | undefined {
  const [[name, thumbprint] = [], ...more] =
    typeof cnf === "object" && cnf !== null ? Object.entries(cnf) : [];
  return name === "jkt" && typeof thumbprint === "string" && more.length === 0 ? thumbprint : undefined;
}

/** RFC 9449, 4.3; no nonce is asked for. */
async function verified(
  { jwt, method, url }: Proof,
  expected: { readonly key: string; readonly ath: string },
): Promise<{ readonly jti: string; readonly iat: number }> {
  checkProof(jwt.length <= LONGEST_PROOF, "too long");
  const { payload } = await jwtVerify(
    jwt,
    async (header, token) => {
      // First of all, so that no work is done for keys that nobody's token is bound to.
      const thumbprint = await calculateJwkThumbprint(header.jwk ?? {});
      checkProof(thumbprint === expected.key, "of another key");
      return EmbeddedJWK(header, token);
    },
    {
      typ: "dpop+jwt",
      algorithms: PROOF_ALGORITHMS,
      maxTokenAge: "60 seconds",
      clockTolerance: "30 seconds",
    },
  ).catch((cause: unknown) => {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal("invalid_dpop_proof", cause instanceof Error ? cause.message : "", { cause });
  });
  const { jti, iat, htm, htu, ath } = payload;
  checkProof(typeof jti === "string" && jti !== "" && iat !== undefined, "without jti");
  checkProof(htm === method, "of another method");
  const target = normalized(url);
  checkProof(target !== undefined && typeof htu === "string" && normalized(htu) === target, "of another URL");
  checkProof(ath === expected.ath, "of another token");
  return { jti, iat };
}

/** RFC 9449, 4.3, 9; RFC 3986, 6.2.2 and 6.2.3: without query and fragment, each character in its one spelling. */
function normalized(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return (
    origin +
    pathname.replaceAll(/%[\da-f]{2}/gi, (escape) => {
      const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
      return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
    })
  );
}

/**
 * Makes a check that a proof has not been seen. Its memory is bounded: whatever is older than a proof that had to be
 * forgotten counts as seen, so a flood makes the time shorter in which a proof is good, and lets none in twice.
 */
export function onlyOnce(most = MOST_PROOFS): (id: string, iat: number) => boolean {
  const seen = new Map<string, number>();
  let forgotten = -Infinity;
  return (id, iat) => {
    if (iat <= forgotten || seen.has(id)) return false;
    seen.set(id, iat);
    const [oldest] = seen;
    if (seen.size > most && oldest !== undefined) {
      seen.delete(oldest[0]);
      forgotten = Math.max(forgotten, oldest[1]);
    }
    return true;
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}

function checkProof(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal("invalid_dpop_proof", `the proof is ${reason}`);
}
