import { Reply } from "@ai-api-access/emulator-core";
import type { Cookie } from "@ai-api-access/emulator-core";
import { formPostPage } from "../../pages/pages.ts";
import type { Transaction } from "../collections.ts";
import { AuthorizeError } from "./errors.ts";

/** Where an answer goes, and how. */
export type Destination = Pick<Transaction, "redirect_uri" | "response_mode" | "state">;

/** Sends the browser back to the application with an answer. */
export function answer(destination: Destination, parameters: Readonly<Record<string, string>>): Reply {
  const { redirect_uri: uri, response_mode: mode, state } = destination;
  const all = { ...parameters, ...(state === undefined ? {} : { state }) };
  if (mode === "form_post") return formPostPage(uri, all);
  const text = new URLSearchParams(all).toString().replaceAll("+", "%20");
  const mark = mode === "fragment" ? "#" : uri.includes("?") ? "&" : "?";
  return redirect(uri + mark + text);
}

/** Does what gives an answer; what is refused goes back to the application. */
export function answering(destination: Destination, work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof AuthorizeError)) throw error;
    return answer(destination, { error: error.error, error_description: error.message });
  }
}

/** Sends the browser elsewhere. */
export function redirect(location: string, cookies: readonly Cookie[] = []): Reply {
  return new Reply(302, undefined, { location, "cache-control": "no-store" }, cookies);
}
