/** The token does not let its bearer in. What an API answers is 401 `invalid_token`, whatever the reason. */
export class TokenRefused extends Error {
  /** A few words for the log of the API, never for its caller: `other organization`. */
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
