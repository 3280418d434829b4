/**
 * Verifies access tokens of exactly one Auth0 organization and exactly one Okta app. The README of this folder says
 * how to take it elsewhere.
 */
import { verify } from "node:crypto";
import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import { auth0Issuer, type Auth0Config } from "./auth0.ts";
import { isText, type Issuer } from "./issuer.ts";
import { keysOf, type KeyOptions } from "./keys.ts";
import { oktaIssuer, type OktaConfig } from "./okta.ts";
import { parseToken, type ParsedToken } from "./parse.ts";
import { TokenRefused } from "./refusal.ts";
import { checkTimes } from "./times.ts";

export { KeysUnavailable, TokenRefused } from "./refusal.ts";

/** What the verifier reads of the application's configuration. */
export interface VerifierConfig {
  readonly auth0: Auth0Config;
  readonly okta: OktaConfig;
}

export interface VerifierOptions extends KeyOptions {
  /** What time it is, in epoch milliseconds; for tests. */
  readonly now?: () => number;
}

/** Who bears a token that was found good. */
export interface Caller {
  readonly vendor: "auth0" | "okta";
  /** Unique within the vendor: `auth0|…` for a person, `CLIENT@clients` for an Auth0 machine, the client id for Okta. */
  readonly subject: string;
  readonly permissions: readonly string[];
  /** All that the token says. */
  readonly claims: JWTPayload;
}

/**
 * Tells who bears an access token.
 *
 * @throws TokenRefused when it does not let its bearer in
 * @throws KeysUnavailable when the issuer's keys could not be read
 */
export type Verifier = (token: string) => Promise<Caller>;

/** A verifier with a key cache of its own: make one and keep it. Nothing is asked of the issuers until a token comes. */
export function createVerifier({ auth0, okta }: VerifierConfig, options: VerifierOptions = {}): Verifier {
  const issuers = new Map(
    [auth0Issuer(auth0), oktaIssuer(okta)].map((issuer) => [issuer.iss, verifierOf(issuer, options)]),
  );
  return async (token) => {
    const parsed = parseToken(token);
    const { iss } = parsed.claims;
    // Not to be believed yet; it only says whose keys to verify with.
    const verifyWith = isText(iss) ? issuers.get(iss) : undefined;
    if (verifyWith === undefined) throw new TokenRefused("unknown issuer");
    return verifyWith(parsed);
  };
}

function verifierOf(issuer: Issuer, { now = Date.now, ...options }: VerifierOptions) {
  const findKey = keysOf(issuer, options);
  return async ({ header, claims, input, signature }: ParsedToken): Promise<Caller> => {
    checkHeader(header, issuer);
    const key = await findKey(header);
    // At once and not in the thread pool, where the way there and back takes as long as the verification itself.
    if (!verify("RSA-SHA256", input, key, signature)) throw new TokenRefused("bad signature");
    checkTimes(claims, now() / 1000);
    const { aud, sub } = claims;
    if (aud !== issuer.audience && !(Array.isArray(aud) && aud.includes(issuer.audience))) {
      throw new TokenRefused("other audience");
    }
    if (!isText(sub)) throw new TokenRefused("no subject");
    return { vendor: issuer.vendor, subject: sub, permissions: issuer.permissionsOf(claims), claims };
  };
}

/** Whatever else a header has (`jku`, `x5u`, `jwk`, `x5c`) is not looked at: keys come from the issuer alone. */
function checkHeader({ alg, crit, typ }: ProtectedHeaderParameters, { types }: Issuer): void {
  if (alg !== "RS256") throw new TokenRefused("other algorithm");
  // Extensions that have to be understood (RFC 7515, 4.1.11); neither vendor has any.
  if (crit !== undefined) throw new TokenRefused("unknown extension");
  if (!types.includes(typeOf(typ))) throw new TokenRefused("other type");
}

/** A media type, of which JWTs leave out `application/` (RFC 7515, 4.1.9). */
function typeOf(typ: unknown): unknown {
  return typeof typ === "string" ? typ.toLowerCase().replace(/^application\//, "") : typ;
}
