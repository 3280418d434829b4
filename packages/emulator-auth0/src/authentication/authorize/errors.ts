import type { Reply } from "@ai-api-access/emulator-core";
import { ApiError } from "@ai-api-access/emulator-core";
import { errorPage } from "../../pages/pages.ts";

/** A refusal that goes back to the application: `error` and `error_description` (RFC 6749, 4.1.2.1). */
export class AuthorizeError extends Error {
  override readonly name = "AuthorizeError";
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/**
 * A refusal that the person at the browser has to be told, since there is no application to go back to, or none
 * that may be trusted.
 */
export class PageError extends ApiError {
  override readonly name = "PageError";
  override readonly status: number;
  readonly #page: Reply;

  /** @param hint what to do about it */
  constructor(status: number, message: string, hint: string) {
    super(message);
    this.status = status;
    this.#page = errorPage(status, { message, hint });
  }

  override body(): unknown {
    return this.#page.body;
  }

  override headers(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries(this.#page.headers).map(([name, value]) => [name, String(value)]),
    );
  }
}
