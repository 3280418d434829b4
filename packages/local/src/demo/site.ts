/** The login application of the local stack: a page from which a person signs in by hand, and where they come back to. */
import { join } from "node:path";
import { codeOf, UserError } from "@ai-api-access/user-error";
import { isLoopback } from "@ai-api-access/tenant-clients";
import { Eta } from "eta";
import fastify from "fastify";
import { call, type RunningApi } from "./api.ts";
import { LoginRefused, type Kept, type LoginApplication } from "./people.ts";

const PAGES = join(import.meta.dirname, "pages");
/** So many people may be on their way at once. */
const MOST_UNDER_WAY = 1000;
const HTTP_PORT = 80;

export interface SiteOptions {
  readonly application: LoginApplication;
  /** A callback of the application on this machine: there it listens. */
  readonly callback: URL;
  readonly api: RunningApi;
  /** Where browsers find the login page without trusting the local CA. */
  readonly pagesOrigin: string;
  readonly organization: string;
}

export interface Site {
  /** `http://localhost:PORT`: open it in a browser. */
  readonly origin: string;
  close(): Promise<void>;
}

/** @throws UserError when something else listens at the callback's port */
export async function serveSite(options: SiteOptions): Promise<Site> {
  const { application, callback, pagesOrigin, organization } = options;
  const eta = new Eta({ views: PAGES, cache: true });
  const underWay = new Map<string, Kept>();
  const site = fastify({ forceCloseConnections: true });

  site.addHook("onRequest", (_request, reply, done) => {
    void reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    done();
  });
  site.get("/", (_request, reply) => reply.type("text/html").send(eta.render("start", { organization })));
  site.get("/login", async (_request, reply) => {
    const { url, ...kept } = await application.begin();
    const [oldest] = underWay.keys();
    if (underWay.size >= MOST_UNDER_WAY && oldest !== undefined) underWay.delete(oldest);
    underWay.set(kept.state, kept);
    return reply.redirect(new URL(`${url.pathname}${url.search}`, pagesOrigin).href);
  });
  site.get(callback.pathname, async (request, reply) => {
    const back = new URL(request.url, callback);
    const kept = underWay.get(back.searchParams.get("state") ?? "");
    if (kept === undefined) return reply.redirect("/");
    underWay.delete(kept.state);
    const page = await outcome(options, back, kept);
    return reply.type("text/html").send(eta.render("outcome", page));
  });

  const { hostname, port, origin } = callback;
  try {
    await site.listen({
      host: hostname === "[::1]" ? "::1" : "127.0.0.1",
      port: port === "" ? HTTP_PORT : Number(port),
    });
  } catch (error) {
    await site.close();
    if (codeOf(error) !== "EADDRINUSE") throw error;
    const free = new URL(callback);
    free.port = String(Number(port) + 1);
    throw new UserError(
      `Something else listens at ${origin}, where the callback of the login application leads.`,
      {
        next: `stop it, or name another port: -c 'loginApp.callbacks=[${free.href}]'`,
      },
    );
  }
  return { origin, close: () => site.close() };
}

/** The callback of an application at which this machine can wait for a browser. */
export function localCallback(callbacks: readonly string[]): URL | undefined {
  return callbacks
    .filter((callback) => URL.canParse(callback))
    .map((callback) => new URL(callback))
    .find(
      ({ protocol, hostname, pathname }) =>
        protocol === "http:" && isLoopback(hostname) && !["/", "/login"].includes(pathname),
    );
}

interface Outcome {
  /** Who signed in. */
  readonly email: string;
  readonly refused: { readonly error: string; readonly description: string } | undefined;
  readonly calls: readonly { readonly request: string; readonly answer: string }[];
}

async function outcome({ application, api }: SiteOptions, back: URL, kept: Kept): Promise<Outcome> {
  try {
    const { accessToken, email } = await application.finish(back, kept);
    const read = await call(api, "read", accessToken);
    const write = await call(api, "write", accessToken);
    const textOf = ({ status, error }: typeof read) =>
      error === undefined ? `${status}` : `${status} ${error}`;
    return {
      email,
      refused: undefined,
      calls: [
        { request: "GET /v1/answers (wants ai:read)", answer: textOf(read) },
        { request: "POST /v1/lessons (wants ai:write)", answer: textOf(write) },
      ],
    };
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    return { email: "", refused: { error: error.error, description: error.message }, calls: [] };
  }
}
