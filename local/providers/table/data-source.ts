import { secret } from "@ai-api-access/plugin-kit";
import type { Plain, PlainProperties, Properties, Value } from "@ai-api-access/plugin-kit";
import type { Json } from "../http/json.ts";
import type { Property, PropertyTable } from "./property.ts";
import { decodeAnswer } from "./wire.ts";

/**
 * The result of a function, from the vendor's answer and the properties of the resource that it looks up. As the
 * official plugins show it: nested objects are lists of one under a plural name, and what is absent is empty.
 */
export function lookedUp(table: PropertyTable, answer: Json): Properties {
  return complete(decodeAnswer(asDataSource(table), answer), asDataSource(table));
}

function asDataSource(table: PropertyTable): PropertyTable {
  const entries = Object.entries(table).map(([name, property]): [string, Property] => {
    if (property.type === "object") {
      const of: Property = { ...property, wire: "", fields: asDataSource(property.fields) };
      return [plural(name), { ...property, writeOnly: false, type: "list", of }];
    }
    if ((property.type === "set" || property.type === "list") && property.of.type === "object") {
      const of: Property = { ...property.of, fields: asDataSource(property.of.fields) };
      return [name, { ...property, of }];
    }
    return [name, { ...property, writeOnly: false }];
  });
  return Object.fromEntries(entries);
}

/** `mfa` → `mfas`, `passwordDictionary` → `passwordDictionaries`, `options` → `options`. */
function plural(name: string): string {
  if (name.endsWith("s")) return name;
  return name.endsWith("y") ? `${name.slice(0, -1)}ies` : `${name}s`;
}

function complete(found: PlainProperties, table: PropertyTable): Properties {
  const out: Record<string, Value> = {};
  for (const [name, property] of Object.entries(table)) {
    const value = found[name] ?? emptyOf(property);
    out[name] = property.secret ? secret(value) : value;
  }
  return out;
}

function emptyOf(property: Property): Plain {
  switch (property.type) {
    case "boolean":
      return false;
    case "number":
      return 0;
    case "list":
    case "set":
      return [];
    case "map":
    case "object":
      return {};
    default:
      return "";
  }
}
