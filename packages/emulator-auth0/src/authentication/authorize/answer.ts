import { HtmlError, Reply } from "@ai-api-access/emulator-core";
import type { Cookie } from "@ai-api-access/emulator-core";
import { compact } from "../../objects.ts";
import { errorPage, formPostPage } from "../../pages/pages.ts";
import type { TransactionRecord } from "../record.ts";

/** A refusal that goes back to the application: `error` and `error_description` (RFC 6749, 4.1.2.1). */
export class AuthorizeError extends Error {
  override readonly name = "AuthorizeError";
  readonly error: string;

  constructor(error: string, description: string) {
    super(description);
    this.error = error;
  }
}

/** The refusal of a request that asks for what cannot be. */
export function invalidRequest(description: string): AuthorizeError {
  return new AuthorizeError("invalid_request", description);
}

/**
 * A refusal that the person at the browser has to see, since there is no application to go back to, or none
 * that may be trusted.
 */
export class PageError extends HtmlError {
  override readonly name = "PageError";

  /** @param hint what to do about it */
  constructor(status: number, message: string, hint: string) {
    super(message, errorPage(status, { message, hint }));
  }
}

/** Where an answer goes, and how. */
export type Destination = Pick<
  TransactionRecord,
  "redirect_uri" | "response_mode" | "state" | "keeps_errors" | "iss"
>;

/** Sends the browser back to the application with an answer. */
export function answer(destination: Destination, parameters: Readonly<Record<string, string>>): Reply {
  const { redirect_uri: uri, response_mode: mode, state, iss } = destination;
  const all = compact({ ...parameters, state, iss });
  if (mode === "form_post") return formPostPage(uri, all);
  const text = new URLSearchParams(all).toString().replaceAll("+", "%20");
  const mark = mode === "fragment" ? "#" : uri.includes("?") ? "&" : "?";
  return redirect(uri + mark + text);
}

/**
 * Does what gives an answer; what is refused goes back to the application, or to the person where the application is not
 * told.
 */
export function answering(destination: Destination, work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuthorizeError)) throw error;
    if (destination.keeps_errors === true) {
      const hint = `The application is not told of it (${error.error}): its redirection policy is open_redirect_protection. Close this window, or go back and start again.`;
      return errorPage(400, { message: error.message, hint });
    }
    return answer(destination, { error: error.error, error_description: error.message });
  }
}

/** The same for work that has to wait. */
export async function answeringLater(destination: Destination, work: () => Promise<Reply>): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    return answering(destination, () => {
      throw error;
    });
  }
}

/** Sends the browser elsewhere. */
export function redirect(location: string, cookies: readonly Cookie[] = []): Reply {
  return new Reply(302, undefined, { location, "cache-control": "no-store" }, cookies);
}
