import type { z } from "zod";
import type { RequestPart } from "./errors.ts";

/** The methods that routes have. */
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A cookie to set. Without `maxAge`, in seconds, it lasts as long as the browser runs; with 0 it goes away. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: "lax" | "none" | "strict";
  readonly maxAge?: number;
}

/** An answer with a status, headers or cookies other than the route's usual ones. */
export class Reply {
  readonly status: number;
  /** `undefined` for an empty body; a string is written as it is, with its own content-type header. */
  readonly body: unknown;
  /** A header with several values is sent as several lines. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly cookies: readonly Cookie[];

  constructor(
    status: number,
    body?: unknown,
    headers: Readonly<Record<string, string | string[]>> = {},
    cookies: readonly Cookie[] = [],
  ) {
    this.status = status;
    this.body = body;
    this.headers = headers;
    this.cookies = cookies;
  }
}

/** What every handler can see of a request, next to its parsed parts. */
export interface Call {
  readonly method: string;
  /** Path and query as sent, without scheme and host. */
  readonly url: string;
  /** Header names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string | undefined>>;
  /** Where this tenant answers: `https://localhost:4443`. Links and issuers are made from it. */
  readonly origin: string;
  /** Whether the request came over TLS; see `plainHttp` of a tenant's parts. */
  readonly secure: boolean;
}

/**
 * Which permission a route asks for. `public`: none. `authenticated`: any good token.
 * A list: a token with at least one of these scopes.
 */
export type Access = "public" | "authenticated" | readonly string[];

/** The parts of a request, parsed by the route's schemas. */
export interface Parts<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly call: Call;
}

/** The facts about a route that a list of supported operations shows. */
export interface RouteFacts {
  readonly method: Method;
  /** With `:name` for parameters, each one segment: `/api/v2/organizations/:id`. */
  readonly path: string;
  /** The vendor's name of the operation, or one in its manner. */
  readonly operation: string;
  readonly access: Access;
  /** The status of success. */
  readonly success: number;
}

/** A route for the server: its facts, its schemas, and how to answer. `C` is the tenant's own context. */
export interface Route<C> extends RouteFacts {
  readonly schemas: Readonly<Partial<Record<RequestPart, z.ZodType>>>;
  readonly work: Work<C, unknown, unknown, unknown>;
}

type Handler<C, P, Q, B, R> = (parts: Parts<P, Q, B>, context: C) => R;

/**
 * How a route answers: it returns the body of success, or a {@link Reply}, or throws an `ApiError` to refuse.
 * A `handler` runs inside one transaction that is committed before the answer is sent; it must not return a promise.
 * An `asyncHandler` is for what has to wait, and opens its own transactions.
 */
type Work<C, P, Q, B> =
  | { readonly handler: Handler<C, P, Q, B, unknown> }
  | { readonly asyncHandler: Handler<C, P, Q, B, Promise<unknown>> };

interface Schemas<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

/** Declares one route; the types of the handler's parts come from the schemas, `unknown` where there is none. */
type DeclareRoute<C> = <
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
>(
  spec: RouteFacts & Schemas<P, Q, B> & Work<C, z.output<P>, z.output<Q>, z.output<B>>,
) => Route<C>;

/** Gives the function that declares the routes of a tenant with context `C`. */
export function routesOf<C>(): DeclareRoute<C> {
  function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    spec: RouteFacts & Schemas<P, Q, B> & Work<C, z.output<P>, z.output<Q>, z.output<B>>,
  ): Route<C>;
  function route(
    spec: RouteFacts & Schemas<z.ZodType, z.ZodType, z.ZodType> & Work<C, unknown, unknown, unknown>,
  ): Route<C> {
    const { method, path, operation, access, success, params, query, body } = spec;
    const schemas = {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && { body }),
    };
    const work = "handler" in spec ? { handler: spec.handler } : { asyncHandler: spec.asyncHandler };
    return { method, path, operation, access, success, schemas, work };
  }
  return route;
}
