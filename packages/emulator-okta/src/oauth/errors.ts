import { ApiError } from "@ai-api-access/emulator-core";

/**
 * A refusal of the OAuth endpoints. Codes, statuses and texts: Okta docs, "OpenID Connect & OAuth 2.0 API error
 * codes" (https://developer.okta.com/docs/reference/error-codes/). Which of several texts a live org picks for
 * an input is not published beyond the obvious; the clearer one is given here.
 */
export class OAuthError extends ApiError {
  override readonly name = "OAuthError";
  readonly status: number;
  readonly error: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    error: string,
    description: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(description);
    this.status = status;
    this.error = error;
    this.#headers = headers;
  }

  override headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  body(): { readonly error: string; readonly error_description: string } {
    return { error: this.error, error_description: this.message };
  }
}

/** 401 `invalid_client`; without a text of its own, the one that gives nothing away. */
export function invalidClient(
  description = "Client authentication failed. Either the client or the client credentials are invalid.",
): OAuthError {
  return new OAuthError(401, "invalid_client", description);
}

/** 400 `invalid_request`. */
export function invalidRequest(description: string): OAuthError {
  return new OAuthError(400, "invalid_request", description);
}

/** 400 `invalid_scope`. */
export function invalidScope(description: string): OAuthError {
  return new OAuthError(400, "invalid_scope", description);
}
