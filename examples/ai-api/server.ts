/**
 * What a guarded server is built on: limits, a log without secrets, what goes wrong as answers that say no more than
 * they should, and what clients may know of it before they have a token.
 */
import { Refusal, type Caller, type ProtectedResource } from "@ai-api-access/verifier";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";

declare module "fastify" {
  interface FastifyRequest {
    /** Who asks; `null` on a route without a guard. */
    caller: Caller | null;
  }
}

export interface ServerOptions {
  /** Where the log goes, a line of JSON at a time. By default there is none. */
  readonly log?: { write(line: string): void };
  /** Milliseconds in which a request has to arrive whole; 10 seconds by default. */
  readonly patience?: number;
}

/** Bytes; a lesson is smaller. */
const LARGEST_BODY = 16_384;

/**
 * @param challenge what the server says of itself in a refusal: `{ realm: "ai-api" }`
 * @param resource served, and named in the challenge, where there is one
 */
export function guardedServer(
  challenge: Readonly<Record<string, string>>,
  resource: ProtectedResource | undefined,
  { log, patience = 10_000 }: ServerOptions = {},
): FastifyInstance {
  const app = fastify({
    logger: log !== undefined && { stream: log, serializers: { req: withoutQuery } },
    bodyLimit: LARGEST_BODY,
    requestTimeout: patience,
    // Node looks for slow clients every 30 seconds otherwise, and gives headers alone 60.
    http: { headersTimeout: patience, connectionsCheckingInterval: patience / 10 },
  });
  app.decorateRequest("caller", null);

  const own = { ...challenge, ...(resource !== undefined && { resource_metadata: resource.url }) };
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(problem("not_found", "There is nothing here")),
  );
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) {
      if (error.status < 500) request.log.info({ reason: error.reason }, "request refused");
      else request.log.error({ err: error, reason: error.reason }, "token not verified");
      return reply.code(error.status).headers(error.headers(own)).send(problem(error.error, error.message));
    }
    const { statusCode, message } = asHttpError(error);
    if (statusCode < 500) return reply.code(statusCode).send(problem("bad_request", message));
    request.log.error({ err: error }, "request failed");
    return reply.code(500).send(problem("server_error", "Something went wrong here"));
  });

  for (const path of resource?.paths ?? []) app.get(path, () => resource?.metadata);
  return app;
}

/** What the log has of a request. A query may carry what does not belong there, a token for instance. */
function withoutQuery({ method, url }: FastifyRequest) {
  return { method, path: url.split("?", 1)[0] };
}

export function problem(error: string, description: string) {
  return { error, error_description: description };
}

/** Errors that Fastify makes of bad requests have a status; all others are our own. */
function asHttpError(error: unknown): { readonly statusCode: number; readonly message: string } {
  const statusCode = error instanceof Error && "statusCode" in error ? error.statusCode : undefined;
  return {
    statusCode: typeof statusCode === "number" && statusCode >= 400 ? statusCode : 500,
    message: error instanceof Error ? error.message : String(error),
  };
}
