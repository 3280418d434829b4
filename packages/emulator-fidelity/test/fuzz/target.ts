/** A tenant with a bit of everything in it, to which the requests of a test are sent as bytes. */
import { isDeepStrictEqual } from "node:util";
import { Pool } from "undici";
import { z } from "zod";
import { auth0Routes, startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { RouteFacts, RunningTenant, TenantSnapshot } from "@ai-api-access/emulator-core";
import { startOktaTenant } from "@ai-api-access/emulator-okta";
import { oktaRoutes } from "@ai-api-access/emulator-okta/routes.ts";
import { testTls } from "@ai-api-access/testing/tls.ts";
import { auth0Corpus } from "./corpus/auth0.ts";
import { oktaCorpus } from "./corpus/okta.ts";
import type { Corpus, Step } from "./corpus/step.ts";
import type { References } from "./shapes.ts";

/** A route as its facts and schemas, whatever its tenant. */
export interface FuzzedRoute extends RouteFacts {
  readonly schemas: Readonly<Partial<Record<"params" | "query" | "body", z.ZodType>>>;
}

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Longer than any answer takes on a busy machine. */
const HANG_MS = 60_000;

export class FuzzTarget {
  readonly routes: readonly FuzzedRoute[];
  readonly authorization: string;
  /** The requests that filled it. */
  readonly steps: readonly Step[];
  /** Paths of what they made. */
  readonly things: readonly string[];
  readonly #tenant: RunningTenant;
  readonly #pool: Pool;
  readonly #filled: TenantSnapshot;
  #now: TenantSnapshot;

  private constructor(parts: Started, routes: readonly FuzzedRoute[], corpus: Filled) {
    this.routes = routes;
    this.authorization = parts.authorization;
    this.steps = corpus.steps;
    this.things = corpus.things;
    this.#tenant = parts.tenant;
    this.#pool = parts.pool;
    this.#filled = parts.tenant.snapshot();
    this.#now = this.#filled;
  }

  static async auth0(): Promise<FuzzTarget> {
    const tls = testTls();
    const tenant = await startAuth0Tenant({ file: ":memory:", tls });
    const pool = poolFor(tenant.origin, tls.cert);
    const authorization = `Bearer ${tenant.management.apiToken}`;
    const filled = await fill({ tenant, pool, authorization }, auth0Corpus(tenant));
    return new FuzzTarget({ tenant, pool, authorization }, auth0Routes, filled);
  }

  static async okta(): Promise<FuzzTarget> {
    const tenant = await startOktaTenant({ file: ":memory:" });
    const pool = poolFor(tenant.origin);
    const authorization = `SSWS ${tenant.apiToken}`;
    const filled = await fill({ tenant, pool, authorization }, oktaCorpus(tenant.origin));
    return new FuzzTarget({ tenant, pool, authorization }, oktaRoutes, filled);
  }

  /** Rejects when no whole answer comes in time. */
  send(request: Sent): Promise<Answer> {
    return send(this.#pool, request);
  }

  /** The collections that changed since this was last called. */
  changedCollections(): string[] {
    const before = this.#now.collections;
    this.#now = this.#tenant.snapshot();
    return Object.entries(this.#now.collections).flatMap(([name, documents]) =>
      isDeepStrictEqual(documents, before[name]) ? [] : [name],
    );
  }

  /** Back to how it was filled. Throws when something that is stored does not fit its own schema. */
  restore(): void {
    this.#tenant.restore(this.#tenant.snapshot());
    this.#tenant.restore(this.#filled);
    this.#now = this.#filled;
  }

  /** Ids and names of what was there from the start, by the names of properties and path segments. */
  readonly references: References = (name) => {
    const kind = kindOf(name);
    return Object.entries(this.#filled.collections).flatMap(([collection, documents]) =>
      kindOf(collection) === kind ? documents.flatMap(namesIn) : [],
    );
  };

  async close(): Promise<void> {
    await this.#pool.destroy();
    await this.#tenant.close();
  }
}

interface Started {
  readonly tenant: RunningTenant;
  readonly pool: Pool;
  readonly authorization: string;
}

function poolFor(origin: string, ca?: string): Pool {
  return new Pool(origin, {
    connections: 1,
    headersTimeout: HANG_MS,
    bodyTimeout: HANG_MS,
    ...(ca === undefined ? {} : { connect: { ca } }),
  });
}

async function send(pool: Pool, { method, path, headers, body }: Sent): Promise<Answer> {
  const answer = await pool.request({ method, path, headers, body: body ?? null });
  return { status: answer.statusCode, text: await answer.body.text() };
}

interface Filled {
  readonly steps: readonly Step[];
  readonly things: readonly string[];
}

/** Sends all steps of a corpus. Throws when the tenant refuses one: then the corpus is out of date. */
async function fill({ pool, authorization }: Started, corpus: Corpus): Promise<Filled> {
  const steps: Step[] = [];
  const things: string[] = [];
  let next = corpus.next({});
  while (next.done !== true) {
    const step = next.value;
    const { method, path, makes } = step;
    const { status, text } = await send(pool, sentAs(step, authorization));
    if (status >= 300) throw new Error(`${method} ${path}: ${String(status)} ${text}`);
    const answer = answerSchema.parse(text === "" ? {} : JSON.parse(text));
    steps.push(step);
    if (makes !== undefined)
      things.push(makes.replace("*", encodeURIComponent(String(answer.id ?? answer.kid))));
    next = corpus.next(answer);
  }
  return { steps, things };
}

const answerSchema = z.record(z.string(), z.unknown()).catch({});

/** A step as bytes. */
function sentAs({ method, path, body, form }: Step, authorization: string): Sent {
  const content =
    form === undefined
      ? { type: "application/json", body: body === undefined ? undefined : JSON.stringify(body) }
      : { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
  return {
    method,
    path,
    headers: {
      // Forms are for public endpoints, where the client authenticates in the form itself.
      ...(form === undefined ? { authorization } : {}),
      ...(content.body === undefined ? {} : { "content-type": content.type }),
    },
    ...(content.body === undefined ? {} : { body: content.body }),
  };
}

const ID_KEYS = ["id", "client_id", "user_id", "kid", "identifier", "name", "custom_domain_id", "label"];

function namesIn(document: unknown): string[] {
  const record = z.record(z.string(), z.unknown()).safeParse(document).data ?? {};
  return ID_KEYS.map((key) => record[key]).filter((value) => typeof value === "string");
}

/** Other names of the same thing. */
const ALIASES: Readonly<Record<string, string>> = {
  authserver: "authorizationserver",
  member: "user",
  signing: "signingkey",
  audience: "resourceserver",
  clientwhitelist: "client",
};

/** `user` for `users`, `user_id`, `userIds` and `members`. */
function kindOf(name: string): string {
  const plain = name
    .replace(/_?ids?$/i, "")
    .replaceAll(/[^a-z]/gi, "")
    .toLowerCase()
    .replace(/ies$/, "y")
    .replace(/s$/, "");
  return ALIASES[plain] ?? plain;
}
