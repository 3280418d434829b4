import { z } from "zod";
import { flagQuery } from "./formats.ts";

/** `fields` (comma-separated) and `include_fields` (default true) of the endpoints that have them. */
export const fieldsQuery = { fields: z.string().optional(), include_fields: flagQuery };

/** What a request asked for of an object's fields. */
export interface FieldsQuery {
  readonly fields?: string | undefined;
  readonly include_fields?: boolean | undefined;
}

/** The fields asked for, or `undefined` when the request did not say. */
export function askedFields({ fields = "" }: FieldsQuery): ReadonlySet<string> | undefined {
  return fields === "" ? undefined : new Set(fields.split(",").map((field) => field.trim()));
}

/** An object with only the fields asked for, or without the fields that were to be left out. */
export function pickFields(
  object: Readonly<Record<string, unknown>>,
  query: FieldsQuery,
  always: readonly string[] = [],
): Record<string, unknown> {
  const asked = askedFields(query);
  if (asked === undefined) return { ...object };
  const include = query.include_fields !== false;
  return Object.fromEntries(
    Object.entries(object).filter(([key]) => always.includes(key) || asked.has(key) === include),
  );
}
