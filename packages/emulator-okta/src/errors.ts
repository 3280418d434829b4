import { ApiError, GatewayError } from "@ai-api-access/emulator-core/errors.ts";
import type { RateWindow } from "@ai-api-access/emulator-core/errors.ts";
import { urlSafe } from "@ai-api-access/emulator-core/ids.ts";

/** The JSON body of every error of Okta's management API. */
export interface OktaErrorBody {
  readonly errorCode: string;
  readonly errorSummary: string;
  /** Okta repeats the code here. */
  readonly errorLink: string;
  readonly errorId: string;
  readonly errorCauses: readonly { readonly errorSummary: string }[];
}

/**
 * A refusal in Okta's own terms. Codes and summaries: Okta docs "Okta API error codes"
 * (https://developer.okta.com/docs/reference/error-codes/). Okta publishes no list of the cause texts: where one
 * below was not seen in an answer of the real API, it follows the style of those that were.
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
  body(): OktaErrorBody {
    return {
      errorCode: this.code,
      errorSummary: this.message,
      errorLink: this.code,
      errorId: `oae${urlSafe(22)}`,
      errorCauses: this.causes.map((errorSummary) => ({ errorSummary })),
    };
  }
}

/** 400 E0000001. `field` is what failed; causes read `field: what is wrong`. */
export function validationFailed(field: string, ...causes: string[]): OktaError {
  return new OktaError(400, "E0000001", `Api validation failed: ${field}`, causes);
}

/** 400 E0000001 in the words that Okta uses for a name that is taken. */
export function alreadyExists(field: string): OktaError {
  return validationFailed(
    field,
    `${field}: An object with this field already exists in the current organization`,
  );
}

/** 400 E0000003, for a body that is not JSON. */
export function malformedBody(): OktaError {
  return new OktaError(400, "E0000003", "The request body was not well-formed.");
}

/** 403 E0000005, for a request without credentials. */
export function invalidSession(): OktaError {
  return new OktaError(403, "E0000005", "Invalid session");
}

/** 403 E0000006. Okta publishes no text of its own for changes of what it keeps for itself. */
export function notPermitted(...causes: string[]): OktaError {
  return new OktaError(403, "E0000006", "You do not have permission to perform the requested action", causes);
}

/** 404 E0000007. `type` is Okta's internal name of the kind, shown in parentheses. */
export function notFound(id: string, type: string): OktaError {
  return new OktaError(404, "E0000007", `Not found: Resource not found: ${id} (${type})`);
}

/** 404 E0000008, for a path that is not served. */
export function pathNotFound(): OktaError {
  return new OktaError(404, "E0000008", "The requested path was not found");
}

/** 500 E0000009. */
export function internalError(): OktaError {
  return new OktaError(500, "E0000009", "Internal Server Error");
}

/** Okta docs, "Rate limits": every reply says how many requests are left until when. */
export function rateHeaders({ limit, remaining, reset }: RateWindow): Readonly<Record<string, string>> {
  return {
    "x-rate-limit-limit": String(limit),
    "x-rate-limit-remaining": String(remaining),
    "x-rate-limit-reset": String(reset),
  };
}

/** 429 E0000047. */
export function tooManyRequests(window: RateWindow): OktaError {
  const summary = "API call exceeded rate limit due to too many requests.";
  return new OktaError(429, "E0000047", summary, [], rateHeaders(window));
}

/** Trouble of the service itself: 500 E0000009, 503 E0000010; what stands before it answers with a page. */
export function outage(status: 500 | 502 | 503 | 504): ApiError {
  if (status === 500) return internalError();
  if (status === 503) return new OktaError(503, "E0000010", "Service is in read only mode");
  return new GatewayError(status);
}

/** 401 E0000011, for a token that this org does not know. */
export function invalidToken(): OktaError {
  return new OktaError(401, "E0000011", "Invalid token provided");
}

/** 401 E0000015, for what is not in the org's contract. */
export function featureNotAvailable(): OktaError {
  const summary = "You do not have permission to access the feature you are requesting";
  return new OktaError(401, "E0000015", summary);
}

/** 403 E0000016, for a person who is active already. */
export function activationFailed(): OktaError {
  return new OktaError(403, "E0000016", "Activation failed because the user is already active");
}

/** 400 E0000021, for a body of a kind that the endpoint does not read. */
export function unsupportedContentType(): OktaError {
  const summary = "Bad request.  Accept and/or Content-Type headers likely do not match supported values.";
  return new OktaError(400, "E0000021", summary);
}

/** 405 E0000022. */
export function methodNotSupported(): OktaError {
  return new OktaError(405, "E0000022", "The endpoint does not support the provided HTTP method");
}

/** 400 E0000024, what Okta answers to changes of its own applications. */
export function appMetadataNotSupported(): OktaError {
  return new OktaError(400, "E0000024", "Bad request. This operation on app metadata is not yet supported.");
}

/** 400 E0000031, for a `filter` that cannot be read. */
export function invalidSearch(cause: string): OktaError {
  return new OktaError(400, "E0000031", "Invalid search criteria.", [cause]);
}

/** 403 E0000056: only a deactivated application can be deleted. */
export function deleteForbidden(): OktaError {
  return new OktaError(403, "E0000056", "Delete application forbidden.", [
    "The application must be deactivated before deletion.",
  ]);
}

/** 501 E0000060, for what Okta can do and this stand-in cannot. The cause says what. */
export function unsupported(cause: string): OktaError {
  return new OktaError(501, "E0000060", "Unsupported operation.", [cause]);
}
