/** Status and description. They are the same whatever is wrong with a token. */
const ANSWERS = {
  unauthorized: [401, "An access token is needed: Authorization: Bearer ACCESS_TOKEN"],
  invalid_request: [400, "One header is needed: Authorization: Bearer ACCESS_TOKEN"],
  invalid_token: [401, "The access token is not valid here"],
  insufficient_scope: [403, "The access token does not allow this"],
  temporarily_unavailable: [503, "Access tokens cannot be checked at the moment"],
} as const;

/** Seconds between two requests for an issuer's keys. */
export const RETRY_AFTER = 30;

/** A request that is not let in, and its answer (RFC 6750, 3): `status`, `headers`, and `error` with `message` in a body. */
export class Refusal extends Error {
  readonly error: keyof typeof ANSWERS;
  readonly status: number;
  /** A few words for the log of the API, never for its caller: `other organization`. */
  readonly reason: string;
  readonly #scope: string | undefined;

  constructor(error: Refusal["error"], reason: string, options: ErrorOptions & { scope?: string } = {}) {
    const [status, message] = ANSWERS[error];
    super(message, options);
    this.error = error;
    this.status = status;
    this.reason = reason;
    this.#scope = options.scope;
  }

  /** @param own what the API says of itself in the challenge: `{ realm: "ai-api" }` */
  headers(own: Readonly<Record<string, string>>): Record<string, string> {
    if (this.error === "temporarily_unavailable") return { "retry-after": String(RETRY_AFTER) };
    // Where there is no token at all, the challenge names no error (RFC 6750, 3.1).
    const error = this.error !== "unauthorized" && { error: this.error, error_description: this.message };
    const scope = this.#scope !== undefined && { scope: this.#scope };
    const parameters = Object.entries({ ...own, ...error, ...scope }).map(
      ([name, text]) => `${name}="${text}"`,
    );
    return { "www-authenticate": `Bearer ${parameters.join(", ")}` };
  }
}

/** @throws Refusal 401 of the token */
export function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal("invalid_token", reason);
}
