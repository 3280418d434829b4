/** The token does not let its bearer in. What an API answers is 401 `invalid_token`, whatever the reason. */
export class TokenRefused extends Error {
  /**
   * For the log of the API, never for its caller: a few words of ours (`other organization`), or the code of what
   * `jose` found (`ERR_JWS_SIGNATURE_VERIFICATION_FAILED`, `ERR_JWT_EXPIRED`).
   */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`The token was refused: ${reason}.`, options);
    this.name = "TokenRefused";
    this.reason = reason;
  }
}

/**
 * The issuer's keys could not be had, so nothing can be said about the token. An API answers 503: the caller did
 * nothing wrong, and a 401 would make it throw a good token away.
 */
export class KeysUnavailable extends Error {
  constructor(issuer: string, options: ErrorOptions) {
    super(`The signing keys of ${issuer} could not be read.`, options);
    this.name = "KeysUnavailable";
  }
}
