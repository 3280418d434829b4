import { isRecord } from "@ai-api-access/emulator-core";
import type { Call } from "@ai-api-access/emulator-core";
import { unsupportedContentType } from "../errors.ts";
import { invalidRequest } from "./errors.ts";

/** The parameters of a request to an OAuth endpoint. One without a value counts as not sent (RFC 6749, 3.2). */
export type Parameters = Readonly<Record<string, string>>;

/**
 * Reads the parameters of a request: its form, and its query, in which Okta's own Go SDK sends all of them. Throws
 * for a body that is no form, for a parameter that comes twice, and for a secret in the query.
 */
export function parametersOf(call: Call, body: unknown): Parameters {
  const query = [...new URL(call.url, call.origin).searchParams];
  if (query.some(([name]) => name === "client_secret")) {
    throw invalidRequest("Client credentials cannot be supplied via query parameters.");
  }
  const type = call.headers["content-type"];
  if (body !== undefined && type?.toLowerCase().startsWith("application/x-www-form-urlencoded") !== true) {
    throw unsupportedContentType();
  }
  // A name that comes twice in a form has a list of values.
  const form = Object.entries(isRecord(body) ? body : {});
  const given = [...query, ...form];
  const names = new Set(given.map(([name]) => name));
  if (names.size < given.length || form.some(([, value]) => Array.isArray(value))) {
    throw invalidRequest("The request contained multiple parameters with the same name.");
  }
  return Object.fromEntries(
    given.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && value !== "" ? [[name, value]] : [],
    ),
  );
}
