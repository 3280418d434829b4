import { createServer as createHttpServer } from "node:http";
import type { RequestListener, Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { isIP } from "node:net";
import type { FastifyInstance } from "fastify";
import { codeOf, messageOf } from "@ai-api-access/user-error";

/** A key and certificate, both PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/** How a tenant's server listens. */
export interface ServerOptions {
  /** Plain HTTP without it. */
  readonly tls?: Tls | undefined;
  /** Milliseconds within which a handshake is over, and a request has arrived whole: 30 seconds by default. */
  readonly requestTimeout?: number | undefined;
}

const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than clients leave a connection unused, so that they seldom send into one that is being closed. */
const KEEP_ALIVE_MS = 60_000;

/** The HTTP server under a tenant. No client keeps one of its connections open by sending slowly or not at all. */
export function httpServer(handler: RequestListener, { tls, requestTimeout }: ServerOptions): Server {
  const whole = requestTimeout ?? REQUEST_TIMEOUT_MS;
  const options = {
    requestTimeout: whole,
    headersTimeout: whole,
    connectionsCheckingInterval: Math.min(1_000, whole),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  return tls === undefined
    ? createHttpServer(options, handler)
    : createHttpsServer({ ...tls, ...options, handshakeTimeout: whole }, handler);
}

const LOOPBACK = "127.0.0.1";
const EVERYWHERE = new Set(["0.0.0.0", "::"]);

/** Whether an address to listen on can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/** Where a server listens. */
export interface ListenOptions extends ServerOptions {
  /** Named in messages: `auth0 tenant`. */
  readonly what: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Another address than 127.0.0.1, which is listened on in any case. */
  readonly host?: string | undefined;
}

/**
 * Begins to listen, and gives the port. Rejects when the port is taken or there is no such address, with a message
 * that says what to do; the error's `code` is the system's.
 */
export async function listen(server: FastifyInstance, options: ListenOptions): Promise<number> {
  const { what, port, host = LOOPBACK } = options;
  const everywhere = EVERYWHERE.has(host);
  try {
    await server.listen({ host: everywhere ? host : LOOPBACK, port });
    const address = server.server.address();
    if (address === null || typeof address === "string") throw new Error(`The local ${what} has no port.`);
    // Our own commands go to localhost, wherever else the tenant is to be reached.
    if (!everywhere && host !== LOOPBACK && host !== "localhost") {
      await listenToo(server, host, address.port, options);
    }
    return address.port;
  } catch (error) {
    throw explained(error, { what, port, host });
  }
}

async function listenToo(
  server: FastifyInstance,
  host: string,
  port: number,
  options: ServerOptions,
): Promise<void> {
  const second = httpServer((request, response) => {
    server.routing(request, response);
  }, options);
  server.server.once("close", () => {
    second.close();
    second.closeAllConnections();
  });
  await new Promise<void>((listening, failed) => {
    second.once("error", failed);
    second.listen({ host, port }, listening);
  });
}

function explained(
  error: unknown,
  { what, port, host }: { what: string; port: number; host: string },
): unknown {
  const code = codeOf(error);
  const reason = {
    EADDRINUSE: `Port ${String(port)} is taken, so the local ${what} cannot start there. Stop what listens on it, or choose another port.`,
    EADDRNOTAVAIL: `This machine has no address ${host}, so the local ${what} cannot listen on it.`,
    ENOTFOUND: `There is no address for "${host}", so the local ${what} cannot listen on it.`,
  }[code ?? ""];
  return reason === undefined
    ? error
    : Object.assign(new Error(reason, { cause: messageOf(error) }), { code });
}

/** What somebody must know who starts a tenant that other machines can reach. */
export function exposureWarning(what: string, host: string, port: number): string {
  return [
    `WARNING: the local ${what} answers at ${host}, port ${String(port)}: not for this machine alone.`,
    "It is a stand-in, without the vendor's protections. Who can reach it there can try to log in and to get tokens;",
    "who has one of its tokens or secrets can read and change all it holds, people and client secrets included.",
    "It answers to any name, so a web page that is open on this machine can send it requests, too.",
    "Its certificate, if it has one, is for its own name and localhost. Use it so in a network that you trust, and not",
    "for long.",
  ].join("\n");
}
