import type { z } from "zod";
import type { RequestPart } from "./errors.ts";

/** The methods that routes have. */
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

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
  /** See {@link Answering}: what `handler` does, or what `asyncHandler` does. */
  readonly answer: Answering<C>;
}

/**
 * How a route answers: it returns the body of success, or a {@link Reply}, or throws an `ApiError` to refuse.
 * A `transaction` runs inside one transaction that is committed before the answer is sent; it must not return
 * a promise. What has to wait is `async` and opens its own transactions.
 */
export type Answering<C> =
  | { readonly kind: "transaction"; readonly run: Handler<C, unknown, unknown, unknown, unknown> }
  | { readonly kind: "async"; readonly run: Handler<C, unknown, unknown, unknown, Promise<unknown>> };

type Handler<C, P, Q, B, R> = (parts: Parts<P, Q, B>, context: C) => R;

interface Declared<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends RouteFacts {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
}

type Output<S extends z.ZodType> = z.output<S>;

interface SyncSpec<C, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Declared<
  P,
  Q,
  B
> {
  readonly handler: Handler<C, Output<P>, Output<Q>, Output<B>, unknown>;
}

interface AsyncSpec<C, P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> extends Declared<
  P,
  Q,
  B
> {
  readonly asyncHandler: Handler<C, Output<P>, Output<Q>, Output<B>, Promise<unknown>>;
}

type LooseSpec<C> = Declared<z.ZodType, z.ZodType, z.ZodType> &
  (
    | { readonly handler: Handler<C, unknown, unknown, unknown, unknown> }
    | { readonly asyncHandler: Handler<C, unknown, unknown, unknown, Promise<unknown>> }
  );

/** Declares one route; the types of the handler's parts come from the schemas, `unknown` where there is none. */
export type DeclareRoute<C> = <
  P extends z.ZodType = z.ZodUnknown,
  Q extends z.ZodType = z.ZodUnknown,
  B extends z.ZodType = z.ZodUnknown,
>(
  spec: SyncSpec<C, P, Q, B> | AsyncSpec<C, P, Q, B>,
) => Route<C>;

/** Gives the function that declares the routes of a tenant with context `C`. */
export function routesOf<C>(): DeclareRoute<C> {
  function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    spec: SyncSpec<C, P, Q, B> | AsyncSpec<C, P, Q, B>,
  ): Route<C>;
  function route(spec: LooseSpec<C>): Route<C> {
    const { method, path, operation, access, success } = spec;
    const schemas = {
      ...(spec.params === undefined ? {} : { params: spec.params }),
      ...(spec.query === undefined ? {} : { query: spec.query }),
      ...(spec.body === undefined ? {} : { body: spec.body }),
    };
    const answer: Answering<C> =
      "handler" in spec
        ? { kind: "transaction", run: spec.handler }
        : { kind: "async", run: spec.asyncHandler };
    return { method, path, operation, access, success, schemas, answer };
  }
  return route;
}
