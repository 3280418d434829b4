import { isList, isProperties, secret } from "@ai-api-access/provider-kit";
import type { Plain, PlainProperties, Properties, Value } from "@ai-api-access/provider-kit";
import type { Json } from "../http/json.ts";
import { emptyOf } from "./property.ts";
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
    const whole = completeValue(property, value);
    // An empty one is no secret; sealed, it would make secrets of all its siblings in the program.
    out[name] = property.secret && !isEmpty(value) ? secret(whole) : whole;
  }
  return out;
}

function isEmpty(value: Plain): boolean {
  return (
    value === "" ||
    (isList(value) ? value.length === 0 : isProperties(value) && Object.keys(value).length === 0)
  );
}

function completeValue(property: Property, value: Plain): Value {
  if (property.type === "object" && isProperties(value)) return complete(value, property.fields);
  if ((property.type === "list" || property.type === "set") && isList(value)) {
    return value.map((item) => completeValue(property.of, item));
  }
  return value;
}
