/** The API: its routes behind their guards, and what goes wrong as answers that say no more than they should. */
import { createVerifier, Refusal, type Verifier, type VerifierConfig } from "@ai-api-access/verifier";
import fastify, { type FastifyInstance, type FastifyRequest } from "fastify";
import { guardWith } from "./guard.ts";
import { addRoutes } from "./routes.ts";

export interface ApiOptions {
  /** By default one that trusts what the configuration names. */
  readonly verify?: Verifier;
  /** Where the log goes, a line of JSON at a time. By default there is none. */
  readonly log?: { write(line: string): void };
  /** Where callers reach the API, such as `https://ai.example.com`; by default what each request says. */
  readonly origin?: string | undefined;
  /** Milliseconds in which a request has to arrive whole; 10 seconds by default. */
  readonly patience?: number;
}

/** Bytes; a lesson is smaller. */
const LARGEST_BODY = 16_384;

export function buildApi(
  config: VerifierConfig,
  { verify = createVerifier(config), log, origin, patience = 10_000 }: ApiOptions = {},
): FastifyInstance {
  const app = fastify({
    logger: log !== undefined && { stream: log, serializers: { req: withoutQuery } },
    bodyLimit: LARGEST_BODY,
    requestTimeout: patience,
    // Node looks for slow clients every 30 seconds otherwise, and gives headers alone 60.
    http: { headersTimeout: patience, connectionsCheckingInterval: patience / 10 },
  });
  app.decorateRequest("caller", null);

  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(problem("not_found", "There is nothing here")),
  );
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof Refusal) {
      if (error.status < 500) request.log.info({ reason: error.reason }, "request refused");
      else request.log.error({ err: error, reason: error.reason }, "token not verified");
      const headers = error.headers({ realm: "ai-api" });
      return reply.code(error.status).headers(headers).send(problem(error.error, error.message));
    }
    const { statusCode, message } = asHttpError(error);
    if (statusCode < 500) return reply.code(statusCode).send(problem("bad_request", message));
    request.log.error({ err: error }, "request failed");
    return reply.code(500).send(problem("server_error", "Something went wrong here"));
  });

  addRoutes(app, (permission) => guardWith(verify, permission, origin));
  return app;
}

/** What the log has of a request. A query may carry what does not belong there, a token for instance. */
function withoutQuery({ method, url }: FastifyRequest) {
  return { method, path: url.split("?", 1)[0] };
}

function problem(error: string, description: string) {
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
