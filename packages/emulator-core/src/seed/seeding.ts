import { z } from "zod";
import { ApiError } from "../http/errors.ts";
import type { RequestPart } from "../http/errors.ts";
import { Reply } from "../http/routes.ts";
import type { Route } from "../http/routes.ts";
import type { Vendor } from "../http/server.ts";
import { isRecord } from "../json.ts";
import type { Json } from "../json.ts";
import type { Store } from "../store/store.ts";
import type { SeedFile, SeedMistake } from "./seed-file.ts";

type Path = readonly PropertyKey[];

/** The tenant that a file is read into. */
export interface SeededTenant<C> {
  readonly store: Store;
  readonly routes: readonly Route<C>[];
  readonly vendor: Vendor<C>;
  readonly context: C;
  /** What a refusal says, in one line. */
  readonly wordsOf: (refusal: ApiError) => string;
}

/** What is sent to a route, besides its body. */
interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An entry of a list of the file. */
export interface Entry<T> {
  readonly path: Path;
  readonly value: T;
}

const madeSchema = z.looseObject({ id: z.string().optional(), client_id: z.string().optional() });

/** What a route answered, as far as a seed needs it. */
type Made = z.output<typeof madeSchema>;

/** No request comes from anywhere: what an answer would link to is thrown away. */
const ORIGIN = "https://localhost";

/**
 * Reads one vendor's part of a seed file into a tenant by the tenant's own routes, without a request: so a seed can make
 * nothing that the API would refuse. It goes on after a mistake, and keeps all of them.
 */
export class Seeding<C> {
  readonly mistakes: SeedMistake[] = [];
  readonly #tenant: SeededTenant<C>;
  readonly #section: Readonly<Record<string, unknown>>;
  readonly #file: SeedFile;
  readonly #vendor: string;
  /** Ids that the API gives, and those that the file asks for. */
  readonly #pinned = new Map<string, string>();
  /** Ids by kind and the names by which a file speaks of them; undefined for what was refused. */
  readonly #known = new Map<string, string | undefined>();

  constructor(tenant: SeededTenant<C>, file: SeedFile, vendor: string) {
    this.#tenant = tenant;
    this.#file = file;
    this.#vendor = vendor;
    this.#section = file.section(vendor);
  }

  /** The lists that there are; any other key is a mistake. */
  lists(names: readonly string[]): void {
    for (const key of Object.keys(this.#section)) {
      if (!names.includes(key)) this.mistake([this.#vendor, key], `unknown; there are ${names.join(", ")}`);
    }
  }

  /** The entries of a list that have the shape of the schema. Those that have not are mistakes. */
  entries<S extends z.ZodType>(list: string, schema: S): Entry<z.output<S>>[] {
    const path = [this.#vendor, list];
    const value = this.#section[list] ?? [];
    if (!Array.isArray(value)) {
      this.mistake(path, "wants a list");
      return [];
    }
    return value.flatMap((one: unknown, index) => {
      const at = [...path, index];
      const parsed = schema.safeParse(one);
      if (parsed.success) return { path: at, value: parsed.data };
      for (const issue of parsed.error.issues) this.mistake([...at, ...issue.path], issue.message);
      // What speaks of it by one of its names has no mistake of its own.
      for (const text of isRecord(one) ? Object.values(one) : []) {
        if (typeof text === "string") this.know(list, [text], undefined);
      }
      return [];
    });
  }

  /** Notes the id of something that was made, or that it was refused, by its names. */
  know(kind: string, names: readonly (string | undefined)[], id: string | undefined): void {
    for (const name of names) if (name !== undefined) this.#known.set(`${kind} ${name}`, id);
  }

  /** The id of something that the file names; undefined when there is none, which is a mistake here or elsewhere. */
  find(path: Path, kind: string, name: string): string | undefined {
    const key = `${kind} ${name}`;
    if (!this.#known.has(key)) this.mistake(path, `there is no ${JSON.stringify(name)} in ${kind}`);
    return this.#known.get(key);
  }

  /** @returns what the route answered; undefined when it refused, which is a mistake */
  send(path: Path, operation: string, sent: Sent): Made | undefined {
    const { routes, vendor, context, wordsOf } = this.#tenant;
    const route = routes.find((one) => one.operation === operation);
    if (route === undefined || !("handler" in route.work)) throw new Error(`No plain route is ${operation}.`);
    const given = { params: sent.params ?? {}, query: {}, body: sent.body };
    const parsed = (part: RequestPart): unknown => {
      const schema = route.schemas[part];
      const result = schema?.safeParse(given[part]);
      if (schema === undefined || result === undefined) return given[part];
      if (result.success) return result.data;
      const { issues } = result.error;
      for (const issue of issues) {
        const refusal = vendor.errors.invalid(part, new z.ZodError([issue]), given[part], schema);
        this.mistake(this.#nearest(path, issue.path), wordsOf(refusal));
      }
      throw new InvalidPart();
    };
    const { method, path: url } = route;
    const call = { method, url, headers: {}, cookies: {}, origin: ORIGIN, secure: true };
    try {
      const parts = { params: parsed("params"), query: parsed("query"), body: parsed("body"), call };
      const answer = route.work.handler(parts, context);
      return madeSchema.safeParse(answer instanceof Reply ? answer.body : answer).data ?? {};
    } catch (error) {
      if (error instanceof InvalidPart) return undefined;
      if (!(error instanceof ApiError)) throw error;
      this.mistake(path, wordsOf(error));
      return undefined;
    }
  }

  /** Has `wanted` take the place of an id that the API chose by itself. */
  pin(path: Path, chosen: string | undefined, wanted: string | undefined): void {
    if (chosen === undefined || wanted === undefined || chosen === wanted) return;
    if ([...this.#pinned.values()].includes(wanted)) this.mistake(path, `${wanted} is taken already`);
    this.#pinned.set(chosen, wanted);
  }

  mistake(path: Path, text: string): void {
    this.mistakes.push({ path, text });
  }

  /** Puts what was pinned in its place, everywhere: ids are random, so that nothing else can look like one. */
  finish(): void {
    if (this.mistakes.length > 0 || this.#pinned.size === 0) return;
    const { store } = this.#tenant;
    const pinned = [...this.#pinned];
    const replaced = (value: Json): Json => {
      if (typeof value === "string") {
        return pinned.reduce((text, [chosen, wanted]) => text.replaceAll(chosen, () => wanted), value);
      }
      if (Array.isArray(value)) return value.map(replaced);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
    };
    const { version, collections } = store.snapshot();
    const moved = Object.entries(collections).map(([name, rows]): [string, Json[]] => [
      name,
      rows.map(replaced),
    ]);
    store.restore({ version, collections: Object.fromEntries(moved) });
  }

  /** The place in the file that a body's property came from: some of them stand higher in the file than in the body. */
  #nearest(path: Path, inBody: Path): Path {
    for (let skipped = 0; skipped < inBody.length; skipped += 1) {
      const candidate = [...path, ...inBody.slice(skipped)];
      if (this.#file.has(candidate)) return candidate;
    }
    return path;
  }
}

class InvalidPart extends Error {}
