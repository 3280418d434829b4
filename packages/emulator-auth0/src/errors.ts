import { STATUS_CODES } from "node:http";
import { ApiError, GatewayError } from "@ai-api-access/emulator-core";
import type { RateWindow } from "@ai-api-access/emulator-core";
import { compact } from "./objects.ts";

type Texts = Readonly<Record<string, string>>;

interface More {
  readonly attributes?: Texts;
  readonly headers?: Texts;
}

/** A refusal of the Management API: `{statusCode, error, message, errorCode?, attributes?}`. */
export class ManagementError extends ApiError {
  override readonly status: number;
  readonly #errorCode: string | undefined;
  readonly #more: More;

  constructor(status: number, message: string, errorCode?: string, more: More = {}) {
    super(message);
    this.status = status;
    this.#errorCode = errorCode;
    this.#more = more;
  }

  override headers(): Texts {
    return this.#more.headers ?? {};
  }

  override body(): unknown {
    return compact({
      statusCode: this.status,
      error: this.status === 413 ? "Request Entity Too Large" : (STATUS_CODES[this.status] ?? "Error"),
      message: this.message,
      errorCode: this.#errorCode,
      attributes: this.#more.attributes,
    });
  }
}

/** A refusal of the Authentication API, in the manner of OAuth: `{error, error_description}` (RFC 6749, 5.2). */
export class OAuthError extends ApiError {
  override readonly status: number;
  readonly #body: Texts;
  readonly #headers: Texts;

  constructor(status: number, error: string, description: string, more: Texts = {}, headers: Texts = {}) {
    super(description);
    this.status = status;
    this.#body = { error, error_description: description, ...more };
    this.#headers = headers;
  }

  override headers(): Texts {
    return this.#headers;
  }

  override body(): unknown {
    return this.#body;
  }
}

/** 400 with the code of a body that says something it may not. */
export function invalidBody(message: string): ManagementError {
  return new ManagementError(400, message, "invalid_body");
}

/** 400 for a parameter of the query. */
export function invalidQuery(property: string, reason: string): ManagementError {
  const message = `Query validation error: '${reason}' on property ${property}.`;
  return new ManagementError(400, message, "invalid_query_string");
}

/** 404, each resource in its own words; full stops are the vendor's. */
export function notFound(message: string, errorCode?: string): ManagementError {
  return new ManagementError(404, message, errorCode);
}

/** 409; the vendor's error codes for most conflicts are not published, so most have none. */
export function conflict(message: string, errorCode?: string): ManagementError {
  return new ManagementError(409, message, errorCode);
}

/** 403 when a tenant, organization or role holds as many of a kind as it may (Auth0 docs: entity limits). */
export function limitReached(): ManagementError {
  return new ManagementError(403, "You reached the limit of entities of this type for this tenant.");
}

/** Which of the two APIs a path belongs to; each words its refusals in its own way. */
function isManagement(path: string): boolean {
  return path.startsWith("/api/");
}

/** Auth0 docs, "Rate limit policy": the headers that say how many requests are left until when. */
export function rateHeaders({ limit, remaining, reset }: RateWindow): Texts {
  return {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-remaining": String(remaining),
    "x-ratelimit-reset": String(reset),
  };
}

/** 429. There is no `Retry-After`: Auth0 sends one only where a quota of tokens or a limit of one's own is hit. */
export function tooManyRequests(window: RateWindow, path: string): ApiError {
  const [code, text, headers] = ["too_many_requests", "Global limit has been reached", rateHeaders(window)];
  return isManagement(path)
    ? new ManagementError(429, text, code, { headers })
    : new OAuthError(429, code, text, {}, headers);
}

/** 413 in the words of the server framework that Auth0's answers show. */
export function tooLarge(limit: number, path: string): ApiError {
  const text = `Payload content length greater than maximum allowed: ${String(limit)}`;
  return isManagement(path) ? new ManagementError(413, text) : new OAuthError(413, "invalid_request", text);
}

/** Trouble of the service itself; what stands before it answers 502, 503 and 504 with a page. */
export function outage(status: 500 | 502 | 503 | 504, path: string): ApiError {
  if (status !== 500) return new GatewayError(status);
  return isManagement(path)
    ? new ManagementError(500, "Internal error")
    : new OAuthError(500, "server_error", "Internal error");
}
