import { isList, isProperties } from "@ai-api-access/provider-kit";
import type { Plain, PlainProperties } from "@ai-api-access/provider-kit";
import { isArray, isObject, JsonBuilder, parseJson, valueAt } from "../http/json.ts";
import type { Json, JsonObject } from "../http/json.ts";
import type { Property, PropertyTable } from "./property.ts";
import { inSetOrder } from "./set-order.ts";

/** Which properties an update leaves out: those sent when changed only that did not change. */
export type Unchanged = (name: string) => boolean;

/** The body of a create or an update: what is configured, under the vendor's names. */
export function encodeBody(
  table: PropertyTable,
  inputs: PlainProperties,
  write: "create" | "update",
  unchanged: Unchanged = () => false,
): JsonObject {
  const body = new JsonBuilder();
  for (const [name, property] of Object.entries(table)) {
    if (property.wire === "" || property.output || property.sent === "never") continue;
    if (write === "update" && property.sent === "create") continue;
    if (write === "update" && property.sent === "changed" && unchanged(name)) continue;
    const value = inputs[name] ?? property.otherwise;
    if (isSwitchedOff(property, value)) continue;
    if (value !== undefined && value !== null) body.set(property.wire, encodeValue(property, value, write));
  }
  return body.build();
}

/** `disable: true` is a word of the plugin, not of the vendor: nothing is sent of such an object. */
function isSwitchedOff(property: Property, value: Plain | undefined): boolean {
  if (property.type !== "object" || property.fields.disable?.sent !== "never") return false;
  return isProperties(value) && value.disable === true;
}

function encodeValue(property: Property, value: Plain, write: "create" | "update"): Json {
  switch (property.type) {
    case "object":
      return isProperties(value) ? encodeBody(property.fields, value, write) : {};
    case "list":
    case "set": {
      const given = isList(value) ? value : [];
      const ordered =
        property.type === "set" ? inSetOrder(property.of, given, property.order ?? "value") : given;
      const items = ordered.map((item) => encodeValue(property.of, item, write));
      return property.single ? (items[0] ?? null) : items;
    }
    case "map":
      return isProperties(value)
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, scalar(item)]))
        : {};
    case "json":
      return typeof value === "string" ? parseJson(value) : null;
    case "string":
    case "number":
    case "boolean":
      return scalar(value);
  }
}

function scalar(value: Plain): Json {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** The state that a vendor's answer reports. What is absent or of another type in the answer is left out. */
export function decodeAnswer(table: PropertyTable, answer: Json): Record<string, Plain> {
  const state: Record<string, Plain> = {};
  for (const [name, property] of Object.entries(table)) {
    if (property.wire === "" || property.writeOnly) continue;
    const value = decodeValue(property, valueAt(answer, property.wire));
    if (value !== undefined) state[name] = value;
  }
  return state;
}

function decodeValue(property: Property, value: Json | undefined): Plain | undefined {
  if (value === undefined || value === null) return undefined;
  switch (property.type) {
    case "object":
      return isObject(value) ? decodeAnswer(property.fields, value) : undefined;
    case "list":
    case "set": {
      // The official plugins' functions show a single nested object as a list of one.
      const items = isArray(value) ? value : isObject(value) ? [value] : [];
      const members = items
        .map((item) => decodeValue(property.of, item))
        .filter((item) => item !== undefined);
      return property.order === "checksum" ? inSetOrder(property.of, members, property.order) : members;
    }
    case "map":
      if (!isObject(value)) return undefined;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asText(item)]));
    case "json":
      return JSON.stringify(property.sorted ? inKeyOrder(value) : value);
    case "string":
    case "number":
    case "boolean":
      return typeof value === property.type ? scalarOf(value) : undefined;
  }
}

function inKeyOrder(value: Json): Json {
  if (isArray(value)) return value.map(inKeyOrder);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, inKeyOrder(value[name] ?? null)]));
}

function scalarOf(value: Json): Plain | undefined {
  return typeof value === "object" ? undefined : value;
}

function asText(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
