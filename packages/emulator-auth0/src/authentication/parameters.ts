import { z } from "zod";
import { OAuthError } from "../errors.ts";

/** The parameters of a request: by query, form or JSON. */
export type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Only texts mean anything to OAuth. A parameter without a value counts as left out (RFC 6749, 3.1), and so does
 * one that is repeated.
 */
export const parametersSchema = z
  .unknown()
  .transform((input): Parameters =>
    typeof input === "object" && input !== null
      ? Object.fromEntries(
          Object.entries(input).flatMap(([name, value]): [string, string][] =>
            typeof value === "string" && value !== "" ? [[name, value]] : [],
          ),
        )
      : {},
  );

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
