import { createHash } from "node:crypto";
import { isList, isProperties, isUnknown } from "@ai-api-access/provider-kit";
import type { CheckFailure, Plain, PlainProperties } from "@ai-api-access/provider-kit";
import { inputsOf } from "./property.ts";
import type { Property, PropertyTable } from "./property.ts";

/** Where the names of the properties are kept that were filled in, as the official plugins keep them. */
export const DEFAULTS = "__defaults";

/** The names of the properties that were filled in rather than given. */
export function filledIn(inputs: PlainProperties): ReadonlySet<string> {
  const names = inputs[DEFAULTS];
  return new Set(isList(names) ? names.filter((name) => typeof name === "string") : []);
}

/** Every mistake in the inputs: unknown properties, missing ones, wrong types; nested ones too. */
export function mistakes(table: PropertyTable, inputs: PlainProperties, at = ""): CheckFailure[] {
  const known = inputsOf(table);
  const unknown = Object.keys(inputs)
    .filter((name) => known[name] === undefined && name !== DEFAULTS)
    .map((name) => ({
      property: `${at}${name}`,
      reason: table[name]
        ? "it is an output and cannot be set"
        : `not a property that this stand-in has; it has ${Object.keys(known).sort().join(", ")}`,
    }));
  const wrong = Object.entries(known).flatMap(([name, property]) => {
    const value = inputs[name];
    const path = `${at}${name}`;
    if (value !== undefined && value !== null) return wrongType(property, value, path);
    return property.required ? [{ property: path, reason: "required, and not set" }] : [];
  });
  return [...unknown, ...wrong];
}

function wrongType(property: Property, value: Plain, path: string): CheckFailure[] {
  if (isUnknown(value)) return [];
  switch (property.type) {
    case "object":
      if (isProperties(value)) return mistakes(property.fields, value, `${path}.`);
      break;
    case "map":
      if (isProperties(value)) {
        return Object.entries(value).flatMap(([key, item]) =>
          wrongType({ wire: "", type: "string" }, item, `${path}.${key}`),
        );
      }
      break;
    case "list":
    case "set":
      if (isList(value)) {
        return value.flatMap((item, index) => wrongType(property.of, item, `${path}[${String(index)}]`));
      }
      break;
    case "json":
      if (typeof value === "string" && isJson(value)) return [];
      break;
    case "string":
    case "number":
    case "boolean":
      if (typeof value === property.type) return [];
  }
  const got = isList(value) ? "a list" : isProperties(value) ? "an object" : `a ${typeof value}`;
  return [{ property: path, reason: `wants ${wanted(property)}, got ${got}` }];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function wanted(property: Property): string {
  switch (property.type) {
    case "list":
    case "set":
      return "a list";
    case "map":
    case "object":
      return "an object";
    case "json":
      return "JSON as text";
    case "string":
    case "number":
    case "boolean":
      return `a ${property.type}`;
  }
}

/** The inputs with what was left out filled in, and a note of what that was. */
export function withDefaults(
  table: PropertyTable,
  given: PlainProperties,
  naming: { name: string; seed: Uint8Array; oldInputs: PlainProperties },
): PlainProperties {
  const inputs = nestedDefaults(table, given);
  const filled = Object.keys(inputs).filter((name) => given[name] === undefined || given[name] === null);
  for (const [name, property] of Object.entries(table)) {
    if (!property.autoName || inputs[name] !== undefined) continue;
    const old = filledIn(naming.oldInputs).has(name) ? naming.oldInputs[name] : undefined;
    inputs[name] = old ?? `${naming.name}-${hex(naming.seed)}`;
    filled.push(name);
  }
  return filled.length > 0 ? { ...inputs, [DEFAULTS]: filled.sort() } : inputs;
}

function nestedDefaults(table: PropertyTable, given: PlainProperties): Record<string, Plain> {
  const out: Record<string, Plain> = {};
  for (const [name, value] of Object.entries(given)) {
    const property = table[name];
    if (value !== null) out[name] = property ? nestedDefault(property, value) : value;
  }
  for (const [name, property] of Object.entries(inputsOf(table))) {
    if (out[name] === undefined && property.default !== undefined) out[name] = property.default;
  }
  return out;
}

function nestedDefault(property: Property, value: Plain): Plain {
  if (property.type === "object" && isProperties(value)) return nestedDefaults(property.fields, value);
  if ((property.type === "list" || property.type === "set") && isList(value)) {
    return value.map((item) => nestedDefault(property.of, item));
  }
  return value;
}

/** Seven hexadecimal digits that depend on the seed alone. */
function hex(seed: Uint8Array): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, 7);
}
