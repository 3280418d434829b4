/** Status and description. They are the same whatever is wrong with a token. */
const ANSWERS = {
  unauthorized: [401, "An access token is needed: Authorization: Bearer ACCESS_TOKEN"],
  invalid_request: [400, "One header is needed: Authorization: Bearer ACCESS_TOKEN"],
  invalid_token: [401, "The access token is not valid here"],
  invalid_dpop_proof: [401, "The DPoP proof is not valid for this request"],
  insufficient_scope: [403, "The access token does not allow this"],
  temporarily_unavailable: [503, "Access tokens cannot be checked at the moment"],
} as const;

/** Seconds between two requests for an issuer's keys. */
export const RETRY_AFTER = 30;

/** How a DPoP proof may be signed: as Okta lets its clients do. Auth0 takes the first alone. */
export const PROOF_ALGORITHMS = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512"];

/** The word before a token in the Authorization header. */
type Scheme = "Bearer" | "DPoP";

interface RefusalOptions extends ErrorOptions {
  readonly scope?: string | undefined;
  /** How the token came; `Bearer` by default. */
  readonly scheme?: Scheme;
}

/**
 * A request that is not let in, and its answer (RFC 6750, 3; RFC 9449, 7.1): `status`, `headers`, and `error` with
 * `message` in a body.
 */
export class Refusal extends Error {
  readonly error: keyof typeof ANSWERS;
  readonly status: number;
  /** A few words for the log of the API, never for its caller: `other organization`. */
  readonly reason: string;
  readonly #scope: string | undefined;
  readonly #scheme: Scheme;

  constructor(error: Refusal["error"], reason: string, options: RefusalOptions = {}) {
    const [status, message] = ANSWERS[error];
    super(message, options);
    this.error = error;
    this.status = status;
    this.reason = reason;
    this.#scope = options.scope;
    this.#scheme = options.scheme ?? "Bearer";
  }

  /** The same, of a token that came under this scheme. */
  under(scheme: Scheme): Refusal {
    const { cause } = this;
    return new Refusal(this.error, this.reason, { cause, scope: this.#scope, scheme });
  }

  /** @param own what the API says of itself in the challenge: `{ realm: "ai-api" }` */
  headers(own: Readonly<Record<string, string>>): Record<string, string> {
    if (this.error === "temporarily_unavailable") return { "retry-after": String(RETRY_AFTER) };
    // Where there is no token at all, the challenge names no error (RFC 6750, 3.1).
    const error = this.error !== "unauthorized" && { error: this.error, error_description: this.message };
    const scope = this.#scope !== undefined && { scope: this.#scope };
    const used = challenge(this.#scheme, { ...own, ...error, ...scope });
    if (this.status !== 401) return { "www-authenticate": used };
    // Another token may come in the other way (RFC 9449, 7.2).
    const other = challenge(this.#scheme === "Bearer" ? "DPoP" : "Bearer", own);
    return { "www-authenticate": `${used}, ${other}` };
  }
}

function challenge(scheme: Scheme, parameters: Readonly<Record<string, string>>): string {
  const algs = scheme === "DPoP" && { algs: PROOF_ALGORITHMS.join(" ") };
  const shown = Object.entries({ ...parameters, ...algs }).map(([name, text]) => `${name}="${text}"`);
  return `${scheme} ${shown.join(", ")}`;
}

/** @throws Refusal 401 of the token */
export function check(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Refusal("invalid_token", reason);
}
