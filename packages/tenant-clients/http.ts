/**
 * One HTTP request, sent again where that may help, on Node's own `fetch`. A 429 counts for nothing: it is waited out
 * however often it comes, as the official providers do.
 */
import { randomInt } from "node:crypto";
import { mayPass, type Answer } from "./errors.ts";
import { systemClock, type Clock } from "./pace.ts";

/** Statuses that may be gone a moment later and say nothing of the request, which may have been carried out. */
const PASSING: ReadonlySet<number> = new Set([408, 500, 502, 503, 504, 524]);
const TOO_MANY = 429;

export function isPassing(status: number): boolean {
  return PASSING.has(status);
}

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | URLSearchParams | undefined;
}

export interface RetryOptions {
  /** How often a request is sent again after an answer of 5xx or none: by default 3 times, as the official providers. */
  readonly retries?: number | undefined;
  /** The pause before the first of them, and the longest, in milliseconds. */
  readonly pause?: { readonly first: number; readonly longest: number } | undefined;
  /** How long one answer may take, in milliseconds. */
  readonly timeout?: number | undefined;
  /** Ends the pauses; what is under way is let finish. */
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
}

/** What surrounds each try. */
export interface AttemptHooks {
  /** Waits until it may be sent, and gives headers to send with it. */
  before(): Promise<Readonly<Record<string, string>>>;
  answered(status: number, headers: Headers): void;
  failed(): void;
}

/** A request that was not answered, or not before it was stopped. */
export class Unanswered extends Error {
  /** It was sent at least once, and may have been carried out. */
  readonly sent: boolean;

  constructor(sent: boolean, cause: unknown) {
    super("no answer", { cause });
    this.sent = sent;
  }
}

/**
 * Sends a request until there is an answer that counts; when nothing is left to try, the last one. Redirects are not
 * followed.
 *
 * @throws Unanswered
 */
export async function send(
  request: HttpRequest,
  {
    retries = 3,
    pause = { first: 500, longest: 10_000 },
    timeout = 60_000,
    signal,
    clock = systemClock,
  }: RetryOptions = {},
  hooks?: AttemptHooks,
): Promise<Answer> {
  let sent = false;
  for (let failures = 0; ;) {
    let headers: Readonly<Record<string, string>>;
    try {
      headers = { ...request.headers, ...(await hooks?.before()) };
    } catch (error) {
      if (!sent) throw error;
      throw new Unanswered(sent, error);
    }
    const outcome = await sendOnce({ ...request, headers }, timeout);
    if ("answer" in outcome) {
      const { answer } = outcome;
      hooks?.answered(answer.status, answer.headers);
      const limited = answer.status === TOO_MANY;
      if (limited && hooks !== undefined) continue;
      if (!(limited || isPassing(answer.status)) || failures >= retries) return answer;
    } else {
      hooks?.failed();
      if (!mayPass(outcome.error)) throw new Unanswered(sent, outcome.error);
      if (failures >= retries) throw new Unanswered(true, outcome.error);
    }
    sent = true;
    failures += 1;
    const longest = Math.min(pause.longest, pause.first * 2 ** failures);
    // Aborted, the next try is not made: `before` says so.
    await clock.sleep(randomInt(pause.first, longest + 1), signal).catch(() => undefined);
  }
}

type Outcome = { readonly answer: Answer } | { readonly error: unknown };

async function sendOnce({ url, method, headers, body }: HttpRequest, timeout: number): Promise<Outcome> {
  try {
    const response = await fetch(url, {
      method,
      ...(headers && { headers }),
      ...(body !== undefined && { body }),
      redirect: "manual",
      signal: AbortSignal.timeout(timeout),
    });
    // A body that is cut off is no answer either.
    const text = await response.text();
    return { answer: { status: response.status, headers: response.headers, body: parsed(text) } };
  } catch (error) {
    return { error };
  }
}

function parsed(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
