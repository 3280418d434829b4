import { UserError, type UserErrorOptions } from "@ai-api-access/user-error";
import { textAt, valueAt } from "./json.ts";

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed where it is JSON, else the text; `undefined` where there is none. */
  readonly body: unknown;
}

/**
 * Why a request came to nothing. `settings`: it could not be made. `login`: the vendor gives no token. `denied`: the
 * token may not do this. `refused`: this request is not wanted, others may well be. `unavailable`: no answer, or one of
 * 5xx, however often it was sent. `unreachable`: there is nobody at this address who can be trusted. `stopped`: no
 * request may be sent any more.
 */
export type Failure = "settings" | "login" | "denied" | "refused" | "unavailable" | "unreachable" | "stopped";

export interface TenantErrorOptions extends UserErrorOptions {
  readonly answer?: Answer | undefined;
  /** The request was a write and may have been carried out, although no answer says so. */
  readonly unconfirmed?: boolean;
}

/** What a tenant said in place of what it was asked for. The message is for the user, and holds no secret. */
export class TenantError extends UserError {
  readonly failure: Failure;
  /** The status of the answer; `undefined` when there was none. */
  readonly status: number | undefined;
  /** The vendor's own code, such as `E0000015`. */
  readonly code: string | undefined;
  /** The vendor's own words. */
  readonly words: string | undefined;
  readonly unconfirmed: boolean;

  constructor(
    failure: Failure,
    message: string,
    { answer, unconfirmed = false, ...options }: TenantErrorOptions = {},
  ) {
    super(message, options);
    this.name = "TenantError";
    this.failure = failure;
    this.status = answer?.status;
    this.code = answer && codeIn(answer);
    this.words = answer && wordsIn(answer);
    this.unconfirmed = unconfirmed;
  }
}

/** What a refusal says: `what: words (HTTP 403, E0000006)`. */
export function refusalText(what: string, answer: Answer): string {
  const code = codeIn(answer);
  return `${what}: ${wordsIn(answer)} (HTTP ${String(answer.status)}${code === undefined ? "" : `, ${code}`})`;
}

/** The vendor's own code for a refusal. */
export function codeIn({ body }: Answer): string | undefined {
  return textAt(body, "errorCode");
}

/** The words of Auth0 (`message`, `error_description`) or Okta (`errorSummary`). */
function wordsIn({ body }: Answer): string {
  const words = ["message", "error_description", "errorSummary", "error"].map((key) => textAt(body, key));
  return words.find((text) => text !== undefined) ?? "no explanation";
}

/** `fetch failed` says nothing; what it failed of stands in its causes, the first of several. */
export function reasonOf(error: unknown): string {
  const [inner] = causesOf(error).slice(-1);
  const [message, code] = [textAt(inner, "message"), textAt(inner, "code")];
  return message !== undefined && message !== "" ? message : (code ?? "no reason given");
}

/** A connection that was cut may be there again soon; a name that nobody knows, or a certificate, will not. */
export function mayPass(error: unknown): boolean {
  return !causesOf(error).some((cause) =>
    /CERT|SIGNATURE|ISSUER|ENOTFOUND|EPROTO/.test(textAt(cause, "code") ?? ""),
  );
}

function causesOf(error: unknown): unknown[] {
  const causes = [error];
  for (let next: unknown = error; next !== undefined && causes.length < 8;) {
    next = valueAt(valueAt(next, "errors"), "0") ?? valueAt(next, "cause");
    if (next !== undefined) causes.push(next);
  }
  return causes;
}
