/**
 * The Management API through Auth0's own SDK: its calls, one after another turn of the pace, tried again where that
 * may help.
 *
 * The SDK takes a third of a second to load, so it is loaded by the first call: a preview that asks nothing goes
 * without.
 */
import { randomInt } from "node:crypto";
import type { ManagementClient } from "auth0";
import { Halted, Refused } from "../src/tenant.ts";
import { Pace, systemClock } from "./pace.ts";
import type { Clock } from "./pace.ts";
import type { Settings } from "./settings.ts";

/** How often a request is sent again after an answer of 5xx, or none: as the official provider does. */
const RETRIES = 3;
/** The pause before the first of them, and the longest, in milliseconds. */
const PAUSE = { first: 500, longest: 10_000 };

export interface ManagementOptions {
  /** By default the one of the machine. */
  readonly clock?: Clock;
  /** Aborted when no further request may be sent; those under way are let finish. */
  readonly signal?: AbortSignal;
  /** Called when everything waits for the rate limit, with the milliseconds. */
  readonly onWait?: (milliseconds: number) => void;
}

/** What the SDK gives with `withRawResponse()`, as far as it is used here. */
interface Answer<T> {
  readonly data: T;
  readonly rawResponse: { readonly status: number; readonly headers: Headers };
}

export class Management {
  readonly #settings: Settings;
  readonly #clock: Clock;
  readonly #signal: AbortSignal | undefined;
  readonly #pace: Pace;
  #client: Promise<ManagementClient> | undefined;

  constructor(settings: Settings, { clock = systemClock, signal, onWait }: ManagementOptions = {}) {
    this.#settings = settings;
    this.#clock = clock;
    this.#signal = signal;
    this.#pace = new Pace({ clock, ...(signal && { signal }), ...(onWait && { onWait }) });
  }

  /** `tenant.us.auth0.com` */
  get domain(): string {
    return this.#settings.domain;
  }

  /**
   * Makes a call.
   *
   * @throws Refused when the vendor does not want this request
   * @throws Halted when there is no use in sending any
   */
  async call<T>(request: (client: ManagementClient) => Promise<Answer<T>>): Promise<T> {
    const client = await (this.#client ??= connect(this.#settings));
    for (let failures = 0; ;) {
      await this.#turn();
      try {
        const { data, rawResponse } = await request(client);
        this.#pace.answered(rawResponse.status, rawResponse.headers);
        return data;
      } catch (thrown) {
        const failure = failureOf(thrown);
        if (failure.answer === undefined) this.#pace.failed();
        else this.#pace.answered(failure.answer.status, failure.answer.headers);
        if (failure.kind === "limit") continue;
        if (failure.kind !== "passing") throw explained(failure, this.domain, thrown);
        failures += 1;
        if (failures > RETRIES) throw explained(failure, this.domain, thrown);
        await this.#pause(failures);
      }
    }
  }

  async #turn(): Promise<void> {
    try {
      await this.#pace.turn();
    } catch (reason) {
      throw new Halted(reason instanceof Error ? reason.message : "stopped", { cause: reason });
    }
  }

  async #pause(failures: number): Promise<void> {
    const longest = Math.min(PAUSE.longest, PAUSE.first * 2 ** failures);
    await this.#clock.sleep(randomInt(PAUSE.first, longest + 1), this.#signal).catch(() => undefined);
  }
}

async function connect({ domain, audience, credentials }: Settings): Promise<ManagementClient> {
  const { ManagementClient } = await import("auth0");
  const common = {
    domain,
    ...(audience !== undefined && { audience }),
    // The pace and the tries are ours: the SDK's own would not know of one another.
    maxRetries: 0,
    timeoutInSeconds: 60,
  };
  switch (credentials.kind) {
    case "token":
      return new ManagementClient({ ...common, token: credentials.token });
    case "secret": {
      const { clientId, clientSecret } = credentials;
      return new ManagementClient({ ...common, clientId, clientSecret });
    }
    case "key": {
      const { clientId, key, algorithm } = credentials;
      return new ManagementClient({
        ...common,
        clientId,
        clientAssertionSigningKey: key,
        clientAssertionSigningAlg: algorithm,
      });
    }
  }
}

interface Failure {
  /** `limit` is over soon; `passing` may be over soon; `token`: none was given; the others say no for good. */
  readonly kind: "limit" | "passing" | "token" | "denied" | "refused" | "unreachable";
  readonly answer: { readonly status: number; readonly headers: Headers } | undefined;
  readonly status: number | undefined;
  readonly message: string;
  readonly unanswered: boolean;
}

const PASSING = new Set([408, 500, 502, 503, 504, 524]);

function failureOf(thrown: unknown): Failure {
  const status = numberAt(thrown, "statusCode");
  const raw = at(thrown, "rawResponse");
  const headers = at(raw, "headers");
  // Without a raw answer a status belongs to the request for a token.
  const answer = status !== undefined && headers instanceof Headers ? { status, headers } : undefined;
  const base = { answer, status, message: messageOf(thrown), unanswered: status === undefined };
  if (status === undefined) return { ...base, kind: canPass(thrown) ? "passing" : "unreachable" };
  if (PASSING.has(status)) return { ...base, kind: "passing", unanswered: true };
  if (answer === undefined) return { ...base, kind: status === 429 ? "passing" : "token" };
  if (status === 429) return { ...base, kind: "limit" };
  return { ...base, kind: status === 401 || status === 403 ? "denied" : "refused" };
}

/** A connection that was cut may be there again soon; a name that nobody knows, or a certificate, will not. */
function canPass(thrown: unknown): boolean {
  const codes = causes(thrown).map((cause) => textAt(cause, "code"));
  return !codes.some((code) => code !== undefined && /CERT|SIGNATURE|ISSUER|ENOTFOUND|EPROTO/.test(code));
}

function causes(thrown: unknown): unknown[] {
  const out = [thrown];
  for (let cause = at(thrown, "cause"); cause !== undefined && out.length < 8; cause = at(cause, "cause")) {
    out.push(cause);
  }
  return out;
}

/** What the vendor said, or what happened to the connection: never a header, never what was sent. */
function messageOf(thrown: unknown): string {
  const body = at(thrown, "body");
  const said =
    textAt(body, "message") ??
    textAt(body, "error_description") ??
    textAt(body, "error") ??
    textAt(thrown, "message");
  const code = causes(thrown)
    .map((cause) => textAt(cause, "code"))
    .findLast((text) => text !== undefined);
  const words = said === undefined || said === "" ? "no answer" : (said.split("\n")[0] ?? said);
  return body === undefined && code !== undefined ? `${words} (${code})` : words;
}

function explained(failure: Failure, domain: string, cause: unknown): Error {
  const { kind, status, message, unanswered } = failure;
  switch (kind) {
    case "refused":
      return new Refused(status ?? 0, message, { cause });
    case "token":
      return new Halted(
        `Auth0 gives no token for the Management API of ${domain}: ${message} (HTTP ${String(status)}). Check ` +
          "auth0:clientId and auth0:clientSecret, and that the application is authorized for that API",
        { cause },
      );
    case "denied":
      return new Halted(`${message} (HTTP ${String(status)}). ${SCOPES}`, { cause });
    case "limit":
    case "passing":
      return new Halted(`Auth0 (${domain}) does not answer: ${message}`, { cause, unanswered });
    case "unreachable":
      return new Halted(
        `Auth0 cannot be reached at ${domain}: ${message}. Check auth0:domain, and behind a proxy HTTPS_PROXY`,
        { cause },
      );
  }
}

const SCOPES =
  "The application whose credentials are used needs these permissions of the Management API: read, create and delete " +
  "organization_members; read, create and delete organization_member_roles; read:users where people are named by " +
  "email; read:roles where roles are named that the stack does not declare";

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const found = at(value, key);
  return typeof found === "string" ? found : undefined;
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key);
  return typeof found === "number" ? found : undefined;
}
