import cookie from "@fastify/cookie";
import formbody from "@fastify/formbody";
import fastify from "fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { codeOf, messageOf } from "@ai-api-access/user-error";
import { isDeeperThan, parseJson } from "../json.ts";
import { pathOf } from "../modes/globs.ts";
import { addFaults, addLimits } from "../modes/hooks.ts";
import type { Modes } from "../modes/index.ts";
import type { Lagging } from "../modes/lag.ts";
import type { VendorLimits } from "../modes/limits.ts";
import type { Clock } from "../times.ts";
import { ApiError } from "./errors.ts";
import type { RequestPart, VendorErrors } from "./errors.ts";
import { httpServer, isLoopback } from "./listen.ts";
import type { ServerOptions } from "./listen.ts";
import type { OpenEntry, RequestLog } from "./request-log.ts";
import { Reply } from "./routes.ts";
import type { Call, Route } from "./routes.ts";

/** What is different from vendor to vendor, besides the routes. */
export interface Vendor<C> {
  readonly errors: VendorErrors;
  /** Checks that a request may use a route that is not public; throws the vendor's `ApiError` when not. */
  authorize(call: Call, route: Route<C>, context: C): Promise<void> | void;
  /** How often it may be called, when limits are on. */
  readonly limits: VendorLimits;
  /** Which reads may be late, when a lag is set. */
  readonly lagging: Lagging;
  /** Headers for every answer. */
  headers?(context: C): Readonly<Record<string, string>>;
}

/** The parts that a server is made of. */
interface ServerParts<C> extends ServerOptions {
  /** An address other than loopback at which it can be reached. */
  readonly host?: string | undefined;
  /** The name that its addresses have, where it is not localhost. */
  readonly name?: string | undefined;
  readonly log: RequestLog;
  readonly modes: Modes;
  readonly clock: Clock;
  readonly routes: readonly Route<C>[];
  readonly vendor: Vendor<C>;
  readonly context: C;
  /** Known only when the server listens. */
  readonly origin: () => string;
}

/** Names under which a tenant answers. With any other, a web page could reach it by DNS rebinding. */
const OWN_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Where the admin endpoints of every tenant live. */
export const ADMIN_PREFIX = "/_twin";

/** In bytes. Auth0 accepts no more either; Okta's limit is not documented. */
const BODY_LIMIT = 1024 * 1024;

/** A Fastify server with a tenant's routes on it, not listening yet. */
export function createTenantServer<C>(parts: ServerParts<C>): FastifyInstance {
  const { host, name, log, modes, routes, vendor, context, clock } = parts;
  const server: FastifyInstance = fastify({
    serverFactory: (handler) => httpServer(handler, parts),
    // A client with this server as its HTTP proxy sends "GET http://host/path".
    rewriteUrl: (request) => (request.url ?? "/").replace(/^https?:\/\/[^/]*/i, "") || "/",
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    bodyLimit: BODY_LIMIT,
    // Identifiers of up to 600 characters, each escaped twice.
    routerOptions: { maxParamLength: 600 * 5, ignoreTrailingSlash: true },
  });
  readBodies(server);
  void server.register(cookie);
  const exposed = host !== undefined && !isLoopback(host);
  const names = name === undefined ? OWN_NAMES : new Set([...OWN_NAMES, name.toLowerCase()]);
  const entries = new WeakMap<FastifyRequest, OpenEntry>();

  server.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith(ADMIN_PREFIX)) entries.set(request, log.open(request.method, request.url));
    if (!exposed && !names.has(request.hostname.toLowerCase())) {
      await reply.code(421).send({
        error: "misdirected_request",
        message: `This local tenant answers only as ${name ?? "localhost"} or 127.0.0.1, not as "${request.hostname}".`,
      });
    }
  });
  server.addHook("preHandler", (request, _reply, done) => {
    entries.get(request)?.body(request.body);
    done();
  });
  /** Puts status and headers on a reply; gives the text to send. */
  const write = (reply: FastifyReply, { status, body, headers, cookies }: Reply): string | undefined => {
    // Clients compute with this, and the tenant's clock may differ from the machine's.
    const date = new Date(clock()).toUTCString();
    void reply.code(status).headers({ date, ...vendor.headers?.(context), ...headers });
    for (const { name, value, ...options } of cookies) void reply.setCookie(name, value, options);
    if (body === undefined || typeof body === "string") return body;
    void reply.type("application/json; charset=utf-8");
    return JSON.stringify(body);
  };
  const writeRefusal = (reply: FastifyReply, error: ApiError): string | undefined =>
    write(reply, new Reply(error.status, error.body(), error.headers()));
  const hookParts = {
    ...modes,
    clock,
    errors: vendor.errors,
    entryOf: (request: FastifyRequest) => entries.get(request),
    write: writeRefusal,
  };
  // Limits before faults, whose answers replace all others.
  addLimits(server, hookParts);
  addFaults(server, hookParts);
  // After the faults, which may change the status.
  server.addHook("onSend", (request, reply, payload, done) => {
    entries.get(request)?.status(reply.statusCode);
    done(null, payload);
  });

  server.setNotFoundHandler((request, reply) =>
    reply.send(writeRefusal(reply, vendor.errors.notFound(request.method, pathOf(request.url)))),
  );
  server.setErrorHandler((error, request, reply) =>
    reply.send(writeRefusal(reply, asApiError(error, vendor.errors, pathOf(request.url)))),
  );

  for (const route of routes) {
    server.route({
      method: route.method,
      url: route.path,
      handler: async (request, reply) => reply.send(write(reply, await respond(parts, route, request))),
    });
  }
  return server;
}

/** Levels of a body: more than any client sends, and few enough to be walked through recursively. */
const DEEPEST = 100;

/** Reads JSON and form bodies; an empty body is no body, whatever its content type says. */
function readBodies(server: FastifyInstance): void {
  server.removeContentTypeParser("application/json");
  server.addContentTypeParser(
    /^application\/([\w.-]+\+)?json/i,
    { parseAs: "string" },
    (_request, body, done) => {
      const text = body.toString();
      try {
        const value = text.trim() === "" ? undefined : parseJson(text);
        if (isDeeperThan(DEEPEST, value)) throw new Error("The body is nested too deeply.");
        done(null, value);
      } catch (error) {
        done(Object.assign(new Error(messageOf(error)), { statusCode: 400 }), undefined);
      }
    },
  );
  // An empty body is none here too: aiohttp names a content type for it.
  server.addContentTypeParser("*", { parseAs: "string" }, ({ headers }, body, done) => {
    const message = `Unsupported Media Type: ${headers["content-type"] ?? ""}`;
    done(body.length === 0 ? null : Object.assign(new Error(message), { statusCode: 415 }), undefined);
  });
  void server.register(formbody);
}

async function respond<C>(parts: ServerParts<C>, route: Route<C>, request: FastifyRequest): Promise<Reply> {
  const { modes, vendor, context } = parts;
  const { schemas, work } = route;
  const call = callOf(request, parts.origin());
  if (route.access !== "public") await vendor.authorize(call, route, context);
  const parse = (part: RequestPart): unknown => {
    const schema = schemas[part];
    if (schema === undefined) return request[part];
    const result = schema.safeParse(request[part]);
    if (result.success) return result.data;
    throw vendor.errors.invalid(part, result.error, request[part], schema);
  };
  const parsed = { params: parse("params"), query: parse("query"), body: parse("body"), call };
  const result =
    "handler" in work
      ? modes.lag.transaction(route, call, () => work.handler(parsed, context))
      : await work.asyncHandler(parsed, context);
  if (result instanceof Promise) {
    throw new Error(`${route.operation}: a handler that returns a promise must be an asyncHandler.`);
  }
  return result instanceof Reply ? result : new Reply(route.success, result);
}

function callOf(request: FastifyRequest, origin: string): Call {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  const { method, url, protocol, cookies } = request;
  return { method, url, origin, cookies, secure: protocol === "https", headers: Object.fromEntries(headers) };
}

function asApiError(error: unknown, errors: VendorErrors, path: string): ApiError {
  if (error instanceof ApiError) return error;
  if (codeOf(error) === "FST_ERR_CTP_BODY_TOO_LARGE") return errors.tooLarge(BODY_LIMIT, path);
  const status =
    typeof error === "object" && error !== null && "statusCode" in error ? error.statusCode : 500;
  if (typeof status === "number" && status < 500) return errors.unreadable(messageOf(error));
  console.error("A local tenant failed to answer a request:", error);
  return errors.unexpected(error);
}
