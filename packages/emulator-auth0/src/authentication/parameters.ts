import { z } from "zod";
import { OAuthError } from "../errors.ts";

/** The parameters of a request: by query, form or JSON. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Only texts mean anything to OAuth. A parameter without a value counts as left out, and none may come twice (RFC 6749,
 * 3.1). Throws 400 for one that does.
 */
export const parametersSchema = z.unknown().transform((input): Parameters => {
  const given = Object.entries(typeof input === "object" && input !== null ? input : {});
  const repeated = given.find(([, value]) => Array.isArray(value));
  if (repeated !== undefined) {
    throw new OAuthError(400, "invalid_request", `Parameter must not be repeated: ${repeated[0]}`);
  }
  return Object.fromEntries(
    given.flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && value !== "" ? [[name, value]] : [],
    ),
  );
});

/** A parameter that a request to the token endpoint must have. Throws 400 without it. */
export function requireParameter(parameters: Parameters, name: string): string {
  const { [name]: value } = parameters;
  if (value === undefined) {
    throw new OAuthError(400, "invalid_request", `Missing required parameter: ${name}`);
  }
  return value;
}

/** A list of words separated by blanks, such as `scope` and `prompt`: each word once. */
export function words(text = ""): string[] {
  return [...new Set(text.split(" ").filter((word) => word !== ""))];
}
