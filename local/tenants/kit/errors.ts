import type { z } from "zod";

/** A refusal that a tenant answers with: a status, a body in the vendor's shape, headers where it has some. */
export abstract class ApiError extends Error {
  abstract readonly status: number;
  /** The answer's body, as it is to be written. */
  abstract body(): unknown;
  /** Headers beyond the content type. */
  headers(): Readonly<Record<string, string>> {
    return {};
  }
}

/** Where in a request something was wrong. */
export type RequestPart = "params" | "query" | "body";

/** How a vendor words what the kit finds out. Each answer is one of the vendor's own {@link ApiError}s. */
export interface VendorErrors {
  /** No route has this method and path. */
  notFound(method: string, path: string): ApiError;
  /** The body cannot be read at all: not JSON, a content type nobody reads, too large. */
  unreadable(message: string): ApiError;
  /** A part of the request does not fit the route's schema. `input` is that part as it came. */
  invalid(part: RequestPart, error: z.ZodError, input: unknown, schema: z.ZodType): ApiError;
  /** A fault of the tenant itself. The fault is written to standard error, not into the answer. */
  unexpected(error: unknown): ApiError;
}
