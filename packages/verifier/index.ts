/** Verifies access tokens of the named Auth0 organizations and of exactly one Okta app. */
import { decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import type { Proof } from "./credentials.ts";
import { auth0Issuer, isText, oktaIssuer, type Organization, type VerifierConfig } from "./issuers.ts";
import { possessionCheck } from "./proof.ts";
import { check, Refusal } from "./refusal.ts";

export { credentials } from "./credentials.ts";
export type { VerifierConfig } from "./issuers.ts";
export { protectedResource, type ProtectedResource } from "./metadata.ts";
export { Refusal } from "./refusal.ts";

export interface Caller {
  readonly vendor: "auth0" | "okta";
  /** Unique within the vendor: `auth0|…` for a person, `CLIENT@clients` for an Auth0 machine, the client id for Okta. */
  readonly subject: string;
  readonly permissions: readonly string[];
  /**
   * Whose data the caller may see. Undefined for the Okta app where there are several: its tokens name none, so a
   * handler that keeps data for each organization has nothing for it.
   */
  readonly organization: Organization | undefined;
  /** All claims of the token. */
  readonly claims: JWTPayload;
}

/**
 * @param proof of the key that the token is bound to, as `credentials` reads it; without one, only a token that is bound
 * to none is valid
 * @throws Refusal 401 when the token or the proof is not valid here, 503 when the issuer's keys cannot be read
 */
export type Verifier = (token: string, proof?: Proof) => Promise<Caller>;

/** Characters; tokens of both vendors have about a thousand. */
const LONGEST_TOKEN = 8192;
/** Seconds; the longest lifetime that either vendor can be set to (Auth0: 30 days). */
const LONGEST_LIFE = 2_592_000;
/** One scope (RFC 6749, 3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;
/** Of access tokens (RFC 7519, 5.1; RFC 9068, 2.1). */
const TYP = /^(application\/)?(at\+)?jwt$/i;

/**
 * Create one and keep it: it caches the issuers' keys, which it first asks for when a token comes, and remembers which
 * proofs were used.
 */
export function createVerifier({ auth0, okta }: VerifierConfig): Verifier {
  const issuers = [auth0Issuer(auth0), ...(okta ? [oktaIssuer(okta, auth0)] : [])];
  const checkPossession = possessionCheck();
  return async (token, proof) => {
    const scheme = proof === undefined ? "Bearer" : "DPoP";
    try {
      check(token.length <= LONGEST_TOKEN && hasOneSpelling(token), "not a JWT");
      // Not to be believed yet: it only says whose keys to verify with.
      const { iss } = decodeJwt(token);
      const trusted = issuers.find(({ issuer }) => issuer === iss);
      check(trusted !== undefined, "unknown issuer");
      const { payload: claims, protectedHeader } = await jwtVerify(token, trusted.findKey, {
        algorithms: ["RS256"],
        issuer: trusted.issuer,
        audience: trusted.audience,
        clockTolerance: "5 seconds",
        maxTokenAge: LONGEST_LIFE,
        requiredClaims: ["exp"],
      });
      const { typ = trusted.impliedTyp } = protectedHeader;
      check(isText(typ) && TYP.test(typ), "other type");
      const { sub, exp = Infinity, iat = 0 } = claims;
      check(exp - iat <= LONGEST_LIFE, "lives too long");
      check(isText(sub), "no subject");
      const { permissions, organization } = trusted.allowedBy(claims);
      await checkPossession({ token, claims, proof, required: trusted.proofRequired });
      return { vendor: trusted.vendor, subject: sub, permissions, organization, claims };
    } catch (cause) {
      if (cause instanceof Refusal) throw cause.under(scheme);
      if (cause instanceof errors.JOSEError) {
        throw new Refusal("invalid_token", cause.message, { cause, scheme });
      }
      // Not the fault of the token: the issuer's key is too short, for instance.
      throw new Refusal("temporarily_unavailable", "the key cannot be used", { cause });
    }
  };
}

/** The last character of a signature has bits that jose ignores, so a valid token could be written in many ways. */
function hasOneSpelling(token: string): boolean {
  const signature = token.slice(token.lastIndexOf(".") + 1);
  return Buffer.from(signature, "base64url").toString("base64url") === signature;
}

/**
 * @throws Refusal 403 when the caller lacks the permission: `ai:read`. Its `scope` also has the permissions that the
 * caller holds: a new token with nothing but what was lacking would be of less use than the old one.
 */
export function requirePermission({ subject, permissions, claims }: Caller, permission: string): void {
  if (permissions.includes(permission)) return;
  const scheme = claims.cnf === undefined ? "Bearer" : "DPoP";
  const held = permissions.filter((one) => SCOPE.test(one));
  const scope = [...held, permission].join(" ");
  throw new Refusal("insufficient_scope", `no ${permission} for ${subject}`, { scope, scheme });
}
