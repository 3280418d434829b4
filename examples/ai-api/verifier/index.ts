/**
 * Verifies access tokens of exactly one Auth0 organization and exactly one Okta app. The README of this folder says
 * how to take it elsewhere.
 */
import {
  createRemoteJWKSet,
  decodeJwt,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from "jose";
import { auth0Issuer, type Auth0Config } from "./auth0.ts";
import { isText, type Issuer } from "./issuer.ts";
import { oktaIssuer, type OktaConfig } from "./okta.ts";
import { KeysUnavailable, TokenRefused } from "./refusal.ts";

export { KeysUnavailable, TokenRefused } from "./refusal.ts";

/** What the verifier reads of the application's configuration. */
export interface VerifierConfig {
  readonly auth0: Auth0Config;
  readonly okta: OktaConfig;
}

export interface VerifierOptions {
  /** What time it is; for tests. */
  readonly now?: () => Date;
  /**
   * How long, in milliseconds, no token makes the verifier ask for keys again after it got some. A key id that
   * nobody knows costs the issuer at most one request in that time; so long a new key may go unknown. 30 s.
   */
  readonly keysCooldown?: number;
  /** After how many milliseconds the keys are asked for again, so that one that was taken back is forgotten. 10 min. */
  readonly keysMaxAge?: number;
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

/** Three parts in base64url. The last one is checked to its last bits, so that a token has only one spelling. */
const JWT = /^[\w-]+\.[\w-]+\.(?:[\w-]{4})*(?:[\w-]{2}[AEIMQUYcgkosw048]|[\w-][AQgw])?$/;
/** Of both vendors' tokens, in characters; theirs are about a thousand long. */
const LONGEST = 8192;
/** In seconds: how far the clocks of issuer and API may be apart. */
const LEEWAY = 5;
/** In seconds: the longest lifetime that either vendor can be told to give an access token (Auth0: 30 days). */
const LONGEST_LIFE = 2_592_000;

/** A verifier with a key cache of its own: make one and keep it. Nothing is asked of the issuers until a token comes. */
export function createVerifier({ auth0, okta }: VerifierConfig, options: VerifierOptions = {}): Verifier {
  const issuers = new Map(
    [auth0Issuer(auth0), oktaIssuer(okta)].map((issuer) => [issuer.iss, verifierOf(issuer, options)]),
  );
  return async (token) => {
    if (token.length > LONGEST || !JWT.test(token)) throw new TokenRefused("not a JWT");
    try {
      // Not to be believed yet; it only says whose keys to verify with.
      const { iss } = decodeJwt(token);
      const verify = isText(iss) ? issuers.get(iss) : undefined;
      if (verify === undefined) throw new TokenRefused("unknown issuer");
      return await verify(token);
    } catch (error) {
      if (error instanceof errors.JOSEError) throw new TokenRefused(error.code, { cause: error });
      throw error;
    }
  };
}

function verifierOf(issuer: Issuer, { now = () => new Date(), ...caching }: VerifierOptions): Verifier {
  const key = keysOf(issuer, caching);
  const checks = {
    algorithms: ["RS256"],
    issuer: issuer.iss,
    audience: issuer.audience,
    requiredClaims: ["exp"],
    clockTolerance: LEEWAY,
    // Makes `iat` a must, and one that lies in the future a fault.
    maxTokenAge: LONGEST_LIFE,
  };
  return async (token) => {
    const { payload, protectedHeader } = await jwtVerify(token, key, { ...checks, currentDate: now() });
    if (!issuer.types.includes(typeOf(protectedHeader.typ))) throw new TokenRefused("wrong type");
    const { exp = Infinity, iat = 0, sub } = payload;
    if (exp - iat > LONGEST_LIFE) throw new TokenRefused("lives too long");
    if (!isText(sub)) throw new TokenRefused("no subject");
    return {
      vendor: issuer.vendor,
      subject: sub,
      permissions: issuer.permissionsOf(payload),
      claims: payload,
    };
  };
}

/** A media type, of which JWTs leave out `application/` (RFC 7515, 4.1.9). */
function typeOf(typ: unknown): unknown {
  return typeof typ === "string" ? typ.toLowerCase().replace(/^application\//, "") : typ;
}

/** Finds the key that a token names among those that the issuer publishes. They are imported once and kept. */
function keysOf(
  { iss, keysUrl }: Issuer,
  { keysCooldown = 30_000, keysMaxAge = 600_000 }: VerifierOptions,
): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(keysUrl, { cooldownDuration: keysCooldown, cacheMaxAge: keysMaxAge });
  return async (header, token) => {
    // Both vendors always name the key. Without a name, any single key would do.
    if (!isText(header.kid)) throw new TokenRefused("no key id");
    try {
      return await keys(header, token);
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
        throw error;
      }
      throw new KeysUnavailable(iss, { cause: error });
    }
  };
}
