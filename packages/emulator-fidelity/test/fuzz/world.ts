/** A tenant with a bit of everything in it, to which every request of a test is sent as bytes. */
import { isDeepStrictEqual } from "node:util";
import { Pool } from "undici";
import { z } from "zod";
import { auth0Routes, startAuth0Tenant } from "@ai-api-access/emulator-auth0";
import type { RouteFacts, RunningTenant, TenantSnapshot } from "@ai-api-access/emulator-core";
import { startOktaTenant } from "@ai-api-access/emulator-okta";
import { oktaRoutes } from "@ai-api-access/emulator-okta/routes.ts";
import { makeTls } from "@ai-api-access/testing/tls.ts";
import { auth0Corpus } from "./corpus/auth0.ts";
import type { Corpus, Deed } from "./corpus/deed.ts";
import { oktaCorpus } from "./corpus/okta.ts";
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
const HANG_MS = 10_000;

export class World {
  readonly routes: readonly FuzzedRoute[];
  readonly authorization: string;
  /** What it took on its first day. */
  readonly deeds: readonly Deed[];
  /** Paths of what was made then. */
  readonly things: readonly string[];
  readonly #tenant: RunningTenant;
  readonly #pool: Pool;
  readonly #born: TenantSnapshot;
  #now: TenantSnapshot;

  private constructor(parts: Started, routes: readonly FuzzedRoute[], born: FirstDay) {
    this.routes = routes;
    this.authorization = parts.authorization;
    this.deeds = born.deeds;
    this.things = born.things;
    this.#tenant = parts.tenant;
    this.#pool = parts.pool;
    this.#born = parts.tenant.snapshot();
    this.#now = this.#born;
  }

  static async auth0(): Promise<World> {
    const tls = await makeTls();
    const tenant = await startAuth0Tenant({ file: ":memory:", tls });
    const pool = poolFor(tenant.origin, tls.cert);
    const authorization = `Bearer ${tenant.management.apiToken}`;
    const born = await populate({ tenant, pool, authorization }, auth0Corpus(tenant));
    return new World({ tenant, pool, authorization }, auth0Routes, born);
  }

  static async okta(): Promise<World> {
    const tenant = await startOktaTenant({ file: ":memory:" });
    const pool = poolFor(tenant.origin);
    const authorization = `SSWS ${tenant.apiToken}`;
    const born = await populate({ tenant, pool, authorization }, oktaCorpus(tenant.origin));
    return new World({ tenant, pool, authorization }, oktaRoutes, born);
  }

  /** Rejects when no whole answer comes in time. */
  send(request: Sent): Promise<Answer> {
    return send(this.#pool, request);
  }

  /** The collections whose documents are others than when this was asked last. */
  changedCollections(): string[] {
    const before = this.#now.collections;
    this.#now = this.#tenant.snapshot();
    return Object.entries(this.#now.collections).flatMap(([name, documents]) =>
      isDeepStrictEqual(documents, before[name]) ? [] : [name],
    );
  }

  /** Back to the first day. Throws when something that is stored does not fit its own schema. */
  restore(): void {
    this.#tenant.restore(this.#tenant.snapshot());
    this.#tenant.restore(this.#born);
    this.#now = this.#born;
  }

  /** Ids and names of what was there on the first day, by the names of properties and path segments. */
  readonly references: References = (name) => {
    const kind = kindOf(name);
    return Object.entries(this.#born.collections).flatMap(([collection, documents]) =>
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

interface FirstDay {
  readonly deeds: readonly Deed[];
  readonly things: readonly string[];
}

/** Does all that a corpus tells. Throws when the tenant does not take something: then the corpus is out of date. */
async function populate({ pool, authorization }: Started, corpus: Corpus): Promise<FirstDay> {
  const deeds: Deed[] = [];
  const things: string[] = [];
  let next = corpus.next({});
  while (next.done !== true) {
    const deed = next.value;
    const { method, path, makes } = deed;
    const { status, text } = await send(pool, sentAs(deed, authorization));
    if (status >= 300) throw new Error(`${method} ${path}: ${String(status)} ${text}`);
    const answer = answerSchema.parse(text === "" ? {} : JSON.parse(text));
    deeds.push(deed);
    if (makes !== undefined)
      things.push(makes.replace("*", encodeURIComponent(String(answer.id ?? answer.kid))));
    next = corpus.next(answer);
  }
  return { deeds, things };
}

const answerSchema = z.record(z.string(), z.unknown()).catch({});

/** A deed as bytes. */
export function sentAs({ method, path, body, form }: Deed, authorization: string): Sent {
  const content =
    form === undefined
      ? { type: "application/json", body: body === undefined ? undefined : JSON.stringify(body) }
      : { type: "application/x-www-form-urlencoded", body: new URLSearchParams(form).toString() };
  return {
    method,
    path,
    headers: {
      // Forms are for public endpoints, which take no second word on who asks.
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

/** What vendors call the same thing by. */
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
