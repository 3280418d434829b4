import { z } from "zod";
import { recordOr } from "@ai-api-access/emulator-core";
import { compact } from "../objects.ts";

/** Path parameters of routes below one resource. */
export const idParams = z.object({ id: z.string() });

/** A text of one of the vendor's named formats. */
export function format(name: string, check: (value: string) => boolean): z.ZodType<string> {
  return z.string().refine(check, {
    error: (issue) => `Object didn't pass validation for format ${name}: ${String(issue.input)}`,
  });
}

/** A boolean-or-absent flag with the vendor's description. */
export function flag(description: string) {
  return z.boolean().optional().describe(description);
}

/** One of some words, or absent, with the vendor's description. */
export function choice<const T extends readonly string[]>(words: T, description: string) {
  return z.enum(words).optional().describe(description);
}

/** A flag in a query. */
export const flagQuery = z
  .enum(["true", "false"])
  .transform((text) => text === "true")
  .optional();

/** A parameter of a query that may be repeated. */
export function repeatable(most: number) {
  return z.union([z.string().transform((text) => [text]), z.array(z.string()).max(most)]).optional();
}

/** An id with its prefix: `rol_` and 16 characters, for instance. Shorter ones of the same form pass too. */
export function idFormat(name: string, prefix: string): z.ZodType<string> {
  return format(name, (value) => new RegExp(`^${prefix}_[A-Za-z0-9]{1,40}$`).test(value));
}

/** A user's id in a list of them. How it must look is not published; only an empty or endless one is refused. */
export const userId = format("user-id-with-max-length", (value) => value.length > 0 && value.length <= 1024);

/** A string of limited length. */
export function text(minimum: number, maximum: number, description: string) {
  return z.string().min(minimum).max(maximum).describe(description);
}

/** An email address. */
export const emailAddress = format("email", (value) => /^[^\s@]+@[^\s@]+$/.test(value));

/** Any URL. */
export const strictUri = format("strict-uri", (value) => URL.canParse(value));

/** An https URL, as logos need. */
export const strictHttpsUri = format(
  "strict-https-uri-or-null",
  (value) => URL.canParse(value) && new URL(value).protocol === "https:",
);

/** `#rgb` or `#rrggbb`. */
export const htmlColor = format("html-color", (value) => /^#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/.test(value));

/** Up to `count` properties, each a text of up to 255 characters or null. */
export function metadata(count: number, description: string) {
  return z
    .record(z.string().max(255), z.string().max(255).nullable())
    .refine((value) => Object.keys(value).length <= count, {
      error: (issue) =>
        `Too many properties defined (${String(Object.keys(recordOr(issue.input)).length)}), maximum ${String(count)}`,
    })
    .describe(description);
}

/** A metadata object as stored: properties set to null are gone; `undefined` when nothing is left. */
export function keptMetadata(
  value: Readonly<Record<string, string | null>> = {},
): Record<string, string> | undefined {
  const kept = compact(value);
  return Object.keys(kept).length === 0 ? undefined : kept;
}
