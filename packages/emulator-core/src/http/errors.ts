import { STATUS_CODES } from "node:http";
import type { z } from "zod";

/** A refusal: a status, a body in the vendor's shape, and headers if it has some. */
export abstract class ApiError extends Error {
  abstract readonly status: number;
  /** The answer's body, as it is to be written. */
  abstract body(): unknown;
  /** Headers beyond the content type. */
  headers(): Readonly<Record<string, string>> {
    return {};
  }
}

type GatewayStatus = 413 | 502 | 503 | 504;

/** What a gateway answers itself, in place of the service behind it: a page instead of JSON, as nginx writes it. */
export class GatewayError extends ApiError {
  override readonly name = "GatewayError";
  readonly status: GatewayStatus;

  constructor(status: GatewayStatus) {
    super(
      status === 413 ? "413 Request Entity Too Large" : `${String(status)} ${STATUS_CODES[status] ?? ""}`,
    );
    this.status = status;
  }

  override body(): string {
    const heading = `<center><h1>${this.message}</h1></center>\r\n<hr><center>nginx</center>`;
    return `<html>\r\n<head><title>${this.message}</title></head>\r\n<body>\r\n${heading}\r\n</body>\r\n</html>\r\n`;
  }

  override headers(): Readonly<Record<string, string>> {
    return { "content-type": "text/html" };
  }
}

/** Where in a request something was wrong. */
export type RequestPart = "params" | "query" | "body";

/** How many requests there may be, and when there may be more again. */
export interface RateWindow {
  readonly limit: number;
  readonly remaining: number;
  /** Seconds since 1970. */
  readonly reset: number;
}

/** The vendor's own {@link ApiError} for each refusal that does not come from a route. */
export interface VendorErrors {
  /** No route has this method and path. */
  notFound(method: string, path: string): ApiError;
  /** The body cannot be read at all: not JSON, or another content type. */
  unreadable(message: string): ApiError;
  /** The body of a request to this path has more than `limit` bytes. */
  tooLarge(limit: number, path: string): ApiError;
  /** A part of the request does not fit the route's schema. `input` is that part as it came. */
  invalid(part: RequestPart, error: z.ZodError, input: unknown, schema: z.ZodType): ApiError;
  /** A bug of the tenant. The error itself is written to standard error, not into the answer. */
  unexpected(error: unknown): ApiError;
  /** More requests to this path than the vendor allows. */
  tooManyRequests(window: RateWindow, path: string): ApiError;
  /** What a client gets when the vendor's service, or the gateway before it, is in trouble. */
  outage(status: 500 | 502 | 503 | 504, path: string): ApiError;
}
