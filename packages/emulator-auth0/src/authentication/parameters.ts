import { z } from "zod";

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

/** A list of words separated by blanks, such as `scope` and `prompt`: each word once. */
export function words(text: string | undefined): string[] {
  return [...new Set((text ?? "").split(" ").filter((word) => word !== ""))];
}
