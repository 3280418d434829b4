import type { JWTPayload } from "jose";
import { TokenRefused } from "./refusal.ts";

/** In seconds: how far the clocks of issuer and API may be apart. */
const LEEWAY = 5;
/** In seconds: the longest lifetime that either vendor can be told to give an access token (Auth0: 30 days). */
const LONGEST_LIFE = 2_592_000;

/**
 * Looks at the times of a token (RFC 7519, 4.1.4 to 4.1.6). Both vendors always say when it was issued and when it ends.
 *
 * @param now epoch seconds
 * @throws TokenRefused
 */
export function checkTimes({ exp, nbf, iat }: JWTPayload, now: number): void {
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) throw new TokenRefused("no times");
  if (exp <= now - LEEWAY) throw new TokenRefused("expired");
  if (iat > now + LEEWAY || (nbf !== undefined && nbf > now + LEEWAY))
    throw new TokenRefused("not yet valid");
  if (exp - iat > LONGEST_LIFE) throw new TokenRefused("lives too long");
}

function isTime(claim: unknown): claim is number {
  return Number.isFinite(claim);
}
