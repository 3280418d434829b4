import { isRecord } from "../../kit/json.ts";
import type { Call } from "../../kit/routes.ts";
import { OktaError } from "../errors.ts";
import { invalidRequest } from "./errors.ts";

/** The parameters of a request to an OAuth endpoint. One without a value counts as not sent (RFC 6749, 3.2). */
export type Parameters = Readonly<Record<string, string>>;

/** What must stand in the body or in the Authorization header, never in the address. */
const CREDENTIALS = ["client_secret", "client_assertion"];

/**
 * Reads the form of a request. Throws for a body that is no form, for a parameter that comes twice, and for
 * credentials in the query.
 */
export function parametersOf(call: Call, body: unknown): Parameters {
  const query = new URL(call.url, call.origin).searchParams;
  if (CREDENTIALS.some((name) => query.has(name))) {
    throw invalidRequest("Client credentials cannot be supplied via query parameters.");
  }
  const type = call.headers["content-type"];
  if (body !== undefined && type?.toLowerCase().startsWith("application/x-www-form-urlencoded") !== true) {
    throw new OktaError(
      400,
      "E0000021",
      "Bad request.  Accept and/or Content-Type headers likely do not match supported values.",
    );
  }
  const entries = Object.entries(isRecord(body) ? body : {});
  if (entries.some(([, value]) => Array.isArray(value))) {
    throw invalidRequest("The request contained multiple parameters with the same name.");
  }
  return Object.fromEntries(
    entries.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && value !== "" ? [[name, value]] : [],
    ),
  );
}
