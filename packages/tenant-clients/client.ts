/** One tenant's API: authorized, paced, with all pages of a list. */
import { mayPass, reasonOf, refusalText, TenantError, type Answer, type Failure } from "./errors.ts";
import { isPassing, send, Unanswered, type HttpRequest, type RetryOptions } from "./http.ts";
import { Login, type Grant } from "./login.ts";
import { Pace, systemClock, type PaceOptions } from "./pace.ts";
import { nextPage, merged } from "./pages.ts";

export interface ClientOptions extends RetryOptions, Pick<PaceOptions, "onWait"> {
  /** Asks for each path once: for a command that only looks. */
  readonly readOnce?: boolean | undefined;
}

/** What makes a client one of a vendor. */
export interface Vendor {
  /** Scheme and host, such as `https://acme.us.auth0.com`. */
  readonly origin: string;
  /** Before every path: `/api/v2`. */
  readonly path: string;
  readonly ask: () => Promise<Grant>;
  /** What to do when nobody answers at the origin. */
  readonly unreachable: string;
  /** Requests that share a rate limit have the same. */
  readonly bucket: (path: string) => string;
}

type Method = HttpRequest["method"];

export class TenantClient {
  readonly origin: string;
  /** Scheme, host and the path before every path, such as `https://acme.us.auth0.com/api/v2`. */
  readonly base: string;
  readonly #vendor: Vendor;
  readonly #options: ClientOptions;
  readonly #login: Login;
  readonly #paces = new Map<string, Pace>();
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(vendor: Vendor, options: ClientOptions = {}) {
    this.origin = vendor.origin;
    this.base = `${vendor.origin}${vendor.path}`;
    this.#vendor = vendor;
    this.#options = options;
    this.#login = new Login(vendor.ask, options.clock ?? systemClock);
  }

  /** Logs in if that has not been done. @throws TenantError when the vendor gives no token */
  grant(): Promise<Grant> {
    return this.#login.grant();
  }

  /** What the tenant says to anybody, at a path below its origin; asked once. @throws TenantError when it says nothing */
  async ask(path: string): Promise<Answer> {
    try {
      return await send({ method: "GET", url: `${this.origin}${path}` }, { ...this.#options, retries: 0 });
    } catch (error) {
      throw this.#failure(error, "GET");
    }
  }

  /** The answer of whatever status. @throws TenantError when there is none */
  get(path: string): Promise<Answer> {
    const earlier = this.#answers.get(path);
    if (earlier !== undefined) return earlier;
    const answer = this.#request("GET", path);
    if (this.#options.readOnce === true) this.#answers.set(path, answer);
    return answer;
  }

  /** The pages of a list, one after another, as the vendor writes them. @throws TenantError for all but 200 */
  async *pages(path: string): AsyncGenerator<unknown, void> {
    for (let next: string | undefined = path; next !== undefined;) {
      const answer: Answer = await this.get(next);
      if (answer.status !== 200) throw this.#refusal("GET", next, answer);
      yield answer.body;
      next = nextPage(next, answer, this.#vendor.path);
    }
  }

  /**
   * The body of an answer of 200, a list with all its pages; `undefined` where the vendor says 404.
   *
   * @throws TenantError for every other answer, and for none
   */
  readonly read = async (path: string): Promise<unknown> => {
    try {
      const pages: unknown[] = [];
      for await (const page of this.pages(path)) pages.push(page);
      return merged(pages);
    } catch (error) {
      if (error instanceof TenantError && error.status === 404) return undefined;
      throw error;
    }
  };

  /**
   * Sends a write, and answers the body.
   *
   * @throws TenantError, `unconfirmed` where the request may have been carried out
   */
  async send(method: Exclude<Method, "GET">, path: string, body?: unknown): Promise<unknown> {
    const answer = await this.#request(method, path, body);
    if (answer.status >= 300) throw this.#refusal(method, path, answer);
    return answer.body;
  }

  async #request(method: Method, path: string, body?: unknown): Promise<Answer> {
    const url = `${this.base}${path}`;
    const pace = this.#paceOf(path);
    const request = {
      method,
      url,
      ...(body !== undefined && {
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    };
    try {
      return await send(request, this.#options, {
        before: async () => {
          const headers = await this.#login.headers(method, url);
          await pace.turn();
          return headers;
        },
        answered: (status, headers) => {
          pace.answered(status, headers);
        },
        failed: () => {
          pace.failed();
        },
      });
    } catch (error) {
      throw this.#failure(error, method);
    }
  }

  #paceOf(path: string): Pace {
    const bucket = this.#vendor.bucket(path);
    const pace = this.#paces.get(bucket) ?? new Pace(this.#options);
    this.#paces.set(bucket, pace);
    return pace;
  }

  #refusal(method: Method, path: string, answer: Answer): TenantError {
    const unavailable = isPassing(answer.status);
    return new TenantError(
      unavailable ? "unavailable" : failureOf(answer.status),
      refusalText(`${method} ${this.base}${path}`, answer),
      { answer, unconfirmed: unavailable && method !== "GET" },
    );
  }

  #failure(error: unknown, method: Method): unknown {
    if (error instanceof TenantError) return error;
    const unconfirmed = error instanceof Unanswered && error.sent && method !== "GET";
    const cause = error instanceof Unanswered ? error.cause : error;
    if (this.#options.signal?.aborted === true) {
      return new TenantError("stopped", `Stopped before ${this.origin} answered.`, { unconfirmed, cause });
    }
    if (cause instanceof TenantError) {
      return new TenantError(cause.failure, cause.message, { next: cause.next, unconfirmed, cause });
    }
    return unanswered(this.#vendor, cause, unconfirmed);
  }
}

/** Both tenants of a stack. */
export interface TenantClients {
  readonly auth0: TenantClient;
  readonly okta: TenantClient;
}

/** Their readers, as those who look for resources want them. */
export function readersOf({
  auth0,
  okta,
}: TenantClients): Readonly<Record<"auth0" | "okta", TenantClient["read"]>> {
  return { auth0: auth0.read, okta: okta.read };
}

function failureOf(status: number): Failure {
  return status === 401 || status === 403 ? "denied" : "refused";
}

/** Nobody answered at an origin. */
export function unanswered(
  { origin, unreachable }: Pick<Vendor, "origin" | "unreachable">,
  cause: unknown,
  unconfirmed = false,
): TenantError {
  return new TenantError(
    mayPass(cause) ? "unavailable" : "unreachable",
    `${origin} gives no answer: ${reasonOf(cause)}`,
    {
      next: unreachable,
      unconfirmed,
      cause,
    },
  );
}
