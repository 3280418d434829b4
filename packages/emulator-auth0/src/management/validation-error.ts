import { z } from "zod";
import { isRecord } from "@ai-api-access/emulator-core";
import type { RequestPart } from "@ai-api-access/emulator-core";
import { ManagementError } from "../errors.ts";

const PARTS: Record<RequestPart, { readonly title: string; readonly errorCode: string }> = {
  body: { title: "Payload", errorCode: "invalid_body" },
  query: { title: "Query", errorCode: "invalid_query_string" },
  params: { title: "Path", errorCode: "invalid_uri" },
};

type Path = readonly PropertyKey[];

/**
 * A schema failure in the Management API's words:
 * `Payload validation error: '<reason>' on property <path> (<description>).` Only the first fault is named.
 * The reasons follow the messages of the z-schema library, which the vendor's own examples show.
 */
export function validationError(
  part: RequestPart,
  error: z.ZodError,
  input: unknown,
  schema: z.ZodType,
): ManagementError {
  const { title, errorCode } = PARTS[part];
  const [issue] = error.issues;
  const { reason, path } = issue === undefined ? { reason: "Invalid", path: [] } : reasonOf(issue, input);
  const description = descriptionAt(schema, path);
  const where =
    path.length === 0
      ? ""
      : ` on property ${pathText(path)}${description === undefined ? "" : ` (${description})`}`;
  return new ManagementError(400, `${title} validation error: '${reason}'${where}.`, errorCode);
}

interface Reason {
  readonly reason: string;
  readonly path: Path;
}

function reasonOf(issue: z.core.$ZodIssue, input: unknown): Reason {
  const { path } = issue;
  const found = valueAt(input, path);
  switch (issue.code) {
    case "invalid_type":
      if (found === undefined && path.length > 0) {
        return { reason: `Missing required property: ${String(path.at(-1))}`, path: path.slice(0, -1) };
      }
      return { reason: `Expected type ${typeName(issue.expected)} but found type ${typeOf(found)}`, path };
    case "unrecognized_keys":
      return { reason: `Additional properties not allowed: ${issue.keys.join(",")}`, path };
    case "invalid_value":
      if (found === undefined && path.length > 0) {
        return { reason: `Missing required property: ${String(path.at(-1))}`, path: path.slice(0, -1) };
      }
      return { reason: `No enum match for: ${String(found)}`, path };
    case "too_small":
      return { reason: sizeReason(issue.origin, found, "minimum", Number(issue.minimum)), path };
    case "too_big":
      return { reason: sizeReason(issue.origin, found, "maximum", Number(issue.maximum)), path };
    case "invalid_format":
      return issue.format === "regex"
        ? { reason: `String does not match pattern ${patternText(issue.pattern)}: ${String(found)}`, path }
        : { reason: `Object didn't pass validation for format ${issue.format}: ${String(found)}`, path };
    case "custom":
    case "invalid_element":
    case "invalid_key":
    case "invalid_union":
    case "not_multiple_of":
      return { reason: issue.message, path };
  }
}

function sizeReason(origin: string, found: unknown, bound: "minimum" | "maximum", limit: number): string {
  const short = bound === "minimum";
  const tail = `${bound} ${String(limit)}`;
  if (origin === "string") {
    return `String is too ${short ? "short" : "long"} (${String(String(found).length)} chars), ${tail}`;
  }
  if (Array.isArray(found))
    return `Array is too ${short ? "short" : "long"} (${String(found.length)}), ${tail}`;
  return `Value ${String(found)} is ${short ? "less" : "greater"} than ${tail}`;
}

function pathText(path: Path): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${String(step)}]` : `${index > 0 ? "." : ""}${String(step)}`,
    )
    .join("");
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === "number" ? value[step] : undefined;
    return isRecord(value) ? value[String(step)] : undefined;
  }, input);
}

function descriptionAt(schema: z.ZodType, path: Path): string | undefined {
  let current: unknown = schema;
  for (const step of path) {
    const inner = unwrapped(current);
    if (inner instanceof z.ZodObject) current = inner.shape[String(step)];
    else if (inner instanceof z.ZodArray) current = inner.element;
    else if (inner instanceof z.ZodRecord) current = inner.valueType;
    else return undefined;
  }
  return described(current);
}

function described(schema: unknown): string | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  if (schema.description !== undefined) return schema.description;
  return isWrapper(schema) ? described(schema.unwrap()) : undefined;
}

function isWrapper(schema: unknown): schema is z.ZodOptional | z.ZodNullable | z.ZodDefault {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault;
}

function unwrapped(schema: unknown): unknown {
  return isWrapper(schema) ? unwrapped(schema.unwrap()) : schema;
}

function patternText(pattern: string | undefined): string {
  return (pattern ?? "").replace(/^\/|\/[a-z]*$/g, "");
}

function typeName(expected: string): string {
  return expected === "record" ? "object" : expected === "int" ? "integer" : expected;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}
