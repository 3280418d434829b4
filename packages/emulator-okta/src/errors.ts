import { ApiError, GatewayError, urlSafe } from "@ai-api-access/emulator-core";
import type { RateWindow } from "@ai-api-access/emulator-core";

/**
 * A refusal in Okta's own terms. Codes and summaries: Okta docs "Okta API error codes"
 * (https://developer.okta.com/docs/reference/error-codes/). Okta publishes no list of the cause texts: where one
 * here was not seen in an answer of the real API, it follows the style of those that were.
 */
export class OktaError extends ApiError {
  override readonly name = "OktaError";
  readonly status: number;
  readonly code: string;
  readonly causes: readonly string[];
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    summary: string,
    causes: readonly string[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(summary);
    this.status = status;
    this.code = code;
    this.causes = causes;
    this.#headers = headers;
  }

  override headers(): Readonly<Record<string, string>> {
    return this.#headers;
  }

  /** The body to send; each call makes a new `errorId`, as each reply of Okta has its own. */
  body() {
    return {
      errorCode: this.code,
      errorSummary: this.message,
      errorLink: this.code,
      errorId: `oae${urlSafe(22)}`,
      errorCauses: this.causes.map((errorSummary) => ({ errorSummary })),
    };
  }
}

/** `field` is what failed; causes read `field: what is wrong`. */
export const validationFailed = (field: string, ...causes: string[]): OktaError =>
  new OktaError(400, "E0000001", `Api validation failed: ${field}`, causes);

/** A name that is taken, in Okta's words. */
export const alreadyExists = (field: string): OktaError =>
  validationFailed(field, `${field}: An object with this field already exists in the current organization`);

/** A body that is not JSON. */
export const malformedBody = (): OktaError =>
  new OktaError(400, "E0000003", "The request body was not well-formed.");

/** A request without credentials. */
export const invalidSession = (): OktaError => new OktaError(403, "E0000005", "Invalid session");

/** Okta publishes no text of its own for changes of what it keeps for itself. */
export const notPermitted = (...causes: string[]): OktaError =>
  new OktaError(403, "E0000006", "You do not have permission to perform the requested action", causes);

/** `type` is Okta's internal name of the kind, shown in parentheses. */
export const notFound = (id: string, type: string): OktaError =>
  new OktaError(404, "E0000007", `Not found: Resource not found: ${id} (${type})`);

/** A path that is not served. */
export const pathNotFound = (): OktaError =>
  new OktaError(404, "E0000008", "The requested path was not found");

export const internalError = (): OktaError => new OktaError(500, "E0000009", "Internal Server Error");

/** Okta docs, "Rate limits": every reply says how many requests are left until when. */
export const rateHeaders = ({ limit, remaining, reset }: RateWindow): Readonly<Record<string, string>> => ({
  "x-rate-limit-limit": String(limit),
  "x-rate-limit-remaining": String(remaining),
  "x-rate-limit-reset": String(reset),
});

export function tooManyRequests(window: RateWindow): OktaError {
  const summary = "API call exceeded rate limit due to too many requests.";
  return new OktaError(429, "E0000047", summary, [], rateHeaders(window));
}

/** Trouble of the service itself, or (a page) of the gateway before it. */
export function outage(status: 500 | 502 | 503 | 504): ApiError {
  if (status === 500) return internalError();
  if (status === 503) return new OktaError(503, "E0000010", "Service is in read only mode");
  return new GatewayError(status);
}

/** A token that this org does not know. */
export const invalidToken = (headers?: Readonly<Record<string, string>>): OktaError =>
  new OktaError(401, "E0000011", "Invalid token provided", [], headers);

/** What is not in the org's contract. */
export const featureNotAvailable = (): OktaError =>
  new OktaError(401, "E0000015", "You do not have permission to access the feature you are requesting");

/** A change of credentials with a password that is not the user's. */
export const wrongCredentials = (field: string): OktaError =>
  new OktaError(403, "E0000014", "Update of credentials failed", [`${field}: Old Password is not correct`]);

/** A user who is active already. */
export const activationFailed = (): OktaError =>
  new OktaError(403, "E0000016", "Activation failed because the user is already active");

/** A body of a kind that the endpoint does not read. */
export function unsupportedContentType(): OktaError {
  const summary = "Bad request.  Accept and/or Content-Type headers likely do not match supported values.";
  return new OktaError(400, "E0000021", summary);
}

/** Changes of Okta's own applications. */
export const appMetadataNotSupported = (): OktaError =>
  new OktaError(400, "E0000024", "Bad request. This operation on app metadata is not yet supported.");

/** A `filter` that cannot be read. */
export const invalidSearch = (cause: string): OktaError =>
  new OktaError(400, "E0000031", "Invalid search criteria.", [cause]);

/** Only a deactivated application can be deleted. */
export const deleteForbidden = (): OktaError =>
  new OktaError(403, "E0000056", "Delete application forbidden.", [
    "The application must be deactivated before deletion.",
  ]);

/** What Okta can do and this stand-in cannot. The cause says what. */
export const unsupported = (cause: string): OktaError =>
  new OktaError(501, "E0000060", "Unsupported operation.", [cause]);
