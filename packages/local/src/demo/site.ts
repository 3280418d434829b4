/** The login application of the demo: a page from which a person signs in by hand, and where they come back to. */
import { join } from "node:path";
import { Eta } from "eta";
import fastify from "fastify";
import { call, type RunningApi } from "./api.ts";
import { LoginRefused, type LoginApplication } from "./people.ts";

const PAGES = join(import.meta.dirname, "pages");
/** So many people may be on their way at once. */
const MOST_UNDER_WAY = 1000;

/** What the site needs once the stack is up. */
interface SiteParts {
  readonly application: LoginApplication;
  readonly api: RunningApi;
  /** Where browsers find the login page without trusting the local CA. */
  readonly pagesOrigin: string;
  readonly organization: string;
}

export interface Site {
  /** `http://localhost:PORT`: open it in a browser. */
  readonly origin: string;
  readonly callback: string;
  serve(parts: SiteParts): void;
  close(): Promise<void>;
}

/** Listens at a free port, since the stack declares the callback; it serves from {@link Site.serve} on. */
export async function openSite(): Promise<Site> {
  const eta = new Eta({ views: PAGES, cache: true });
  const underWay = new Map<string, { state: string; verifier: string }>();
  let parts: SiteParts | undefined;
  const site = fastify({ forceCloseConnections: true });

  site.addHook("onRequest", async (_request, reply) => {
    void reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'");
    if (parts === undefined) await reply.code(503).send("The stack is not up yet.");
  });
  site.get("/", (_request, reply) =>
    reply.type("text/html").send(eta.render("start", { organization: parts?.organization })),
  );
  site.get("/login", async (_request, reply) => {
    if (parts === undefined) return reply;
    const { url, ...kept } = await parts.application.begin();
    const [oldest] = underWay.keys();
    if (underWay.size >= MOST_UNDER_WAY && oldest !== undefined) underWay.delete(oldest);
    underWay.set(kept.state, kept);
    return reply.redirect(new URL(`${url.pathname}${url.search}`, parts.pagesOrigin).href);
  });
  site.get("/callback", async (request, reply) => {
    if (parts === undefined) return reply;
    const back = new URL(request.url, origin);
    const kept = underWay.get(back.searchParams.get("state") ?? "");
    if (kept === undefined) return reply.redirect("/");
    underWay.delete(kept.state);
    const page = await outcome(parts, back, kept);
    return reply.type("text/html").send(eta.render("outcome", page));
  });

  await site.listen({ host: "127.0.0.1", port: 0 });
  const address = site.server.address();
  if (address === null || typeof address === "string") throw new Error("The demo's site has no port.");
  const origin = `http://localhost:${address.port}`;
  return {
    origin,
    callback: `${origin}/callback`,
    serve(given) {
      parts = given;
    },
    close: () => site.close(),
  };
}

interface Outcome {
  readonly refused: { readonly error: string; readonly description: string } | undefined;
  readonly calls: readonly { readonly request: string; readonly answer: string }[];
}

async function outcome(
  { application, api }: SiteParts,
  back: URL,
  kept: { state: string; verifier: string },
): Promise<Outcome> {
  try {
    const token = await application.finish(back, kept);
    const read = await call(api, "read", token);
    const write = await call(api, "write", token);
    const textOf = ({ status, error }: typeof read) =>
      error === undefined ? `${status}` : `${status} ${error}`;
    return {
      refused: undefined,
      calls: [
        { request: "GET /v1/answers (wants ai:read)", answer: textOf(read) },
        { request: "POST /v1/lessons (wants ai:write)", answer: textOf(write) },
      ],
    };
  } catch (error) {
    if (!(error instanceof LoginRefused)) throw error;
    return { refused: { error: error.error, description: error.message }, calls: [] };
  }
}
