/**
 * What a caller is told who is not let in (RFC 6750, 3). The texts are the same whatever is wrong with a token: the
 * reason stands in the log.
 */
const REALM = 'Bearer realm="ai-api"';

/** An answer that refuses. Thrown where the reason is found, sent by the error handler of the API. */
export class Refusal extends Error {
  readonly statusCode: number;
  /** The `error` of the answer, of RFC 6750 where that has one. */
  readonly error: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(statusCode: number, error: string, description: string, headers: Refusal["headers"]) {
    super(description);
    this.name = "Refusal";
    this.statusCode = statusCode;
    this.error = error;
    this.headers = headers;
  }
}

function challenged(statusCode: number, error: string, description: string, more = ""): Refusal {
  const challenge = `${REALM}, error="${error}", error_description="${description}"${more}`;
  return new Refusal(statusCode, error, description, { "www-authenticate": challenge });
}

/** No token at all: the challenge has no error then (RFC 6750, 3.1). */
export function noToken(): Refusal {
  return new Refusal(401, "unauthorized", "An access token is needed: Authorization: Bearer ACCESS_TOKEN", {
    "www-authenticate": REALM,
  });
}

/** A token that does not come in one header, as RFC 6750, 2.1 has it. */
export function invalidRequest(): Refusal {
  return challenged(400, "invalid_request", "One header is needed: Authorization: Bearer ACCESS_TOKEN");
}

export function invalidToken(): Refusal {
  return challenged(401, "invalid_token", "The access token is not valid here");
}

export function insufficientScope(permission: string): Refusal {
  const scope = `, scope="${permission}"`;
  return challenged(403, "insufficient_scope", "The access token does not allow this", scope);
}

/** Whether the token is good cannot be told at the moment. */
export function temporarilyUnavailable(): Refusal {
  return new Refusal(503, "temporarily_unavailable", "Access tokens cannot be checked at the moment", {
    "retry-after": "5",
  });
}
