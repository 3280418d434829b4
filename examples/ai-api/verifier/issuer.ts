import type { JWTPayload } from "jose";

/** What is asked of the tokens of one issuer, on top of what is asked of all. */
export interface Issuer {
  readonly vendor: "auth0" | "okta";
  /** `iss`, to the letter. */
  readonly iss: string;
  /** `aud`. */
  readonly audience: string;
  /** Where the issuer publishes its signing keys. */
  readonly keysUrl: URL;
  /** Values of `typ` in the header, in lower case and without `application/`; `undefined` is a header without it. */
  readonly types: readonly unknown[];
  /**
   * Looks at the claims that only this issuer has; everything else has been checked by then.
   *
   * @returns what the bearer may do
   * @throws TokenRefused
   */
  permissionsOf(claims: JWTPayload): readonly string[];
}

/** Whether a claim is a text that says something. */
export function isText(claim: unknown): claim is string {
  return typeof claim === "string" && claim !== "";
}

/** Whether a claim is a list of texts; an empty one is. */
export function isTextList(claim: unknown): claim is readonly string[] {
  return Array.isArray(claim) && claim.every(isText);
}
