import { isList, isProperties, secret, UNKNOWN } from "@ai-api-access/provider-kit";
import type { Plain, PlainProperties, Properties, Value } from "@ai-api-access/provider-kit";
import type { JsonObject } from "../http/json.ts";
import { DEFAULTS } from "./check.ts";
import { isSame } from "./diff.ts";
import { emptyOf, inputsOf, isEmpty } from "./property.ts";
import type { Property, PropertyTable } from "./property.ts";
import { decodeAnswer } from "./wire.ts";

/**
 * The state that an answer reports, and with it what the vendor never reports (ids in the path, passwords): that
 * comes from the inputs just written or from the state before.
 */
export function stateFrom(
  table: PropertyTable,
  answer: JsonObject,
  before: { readonly inputs?: PlainProperties; readonly state: PlainProperties },
): PlainProperties {
  const state = withEmpties(table, decodeAnswer(table, answer));
  for (const [name, property] of Object.entries(table)) {
    const reported = property.wire !== "" && !property.writeOnly;
    if (reported) {
      keepWriteOnlyFields(property, name, state, before);
      continue;
    }
    const written = before.inputs !== undefined && !property.output;
    const value = written ? before.inputs[name] : before.state[name];
    if (value !== undefined && value !== null) state[name] = value;
  }
  return state;
}

/** Text, numbers, booleans and what the vendor should fill in are empty rather than absent when it does not. */
function withEmpties(table: PropertyTable, reported: PlainProperties): Record<string, Plain> {
  const empties = Object.entries(table).flatMap(([name, property]): [string, Plain][] =>
    property.wire !== "" && !property.writeOnly && isFilled(property) ? [[name, emptyOf(property)]] : [],
  );
  return { ...Object.fromEntries(empties), ...reported };
}

function isFilled({ type, computed }: Property): boolean {
  switch (type) {
    case "string":
    case "boolean":
    case "number":
      return true;
    case "list":
    case "set":
      return computed ?? false;
    case "json":
    case "map":
    case "object":
      return false;
  }
}

function keepWriteOnlyFields(
  property: Property,
  name: string,
  state: Record<string, Plain>,
  before: { readonly inputs?: PlainProperties; readonly state: PlainProperties },
): void {
  const reported = state[name];
  const written = (before.inputs ?? before.state)[name];
  if (property.type !== "object" || !isProperties(reported) || !isProperties(written)) return;
  const kept = Object.entries(property.fields).flatMap(([field, inner]) => {
    const value = written[field];
    return inner.writeOnly && value !== undefined ? [[field, value] as const] : [];
  });
  state[name] = { ...reported, ...Object.fromEntries(kept) };
}

/** The state that a create would have: what only the vendor knows is unknown. */
export function plannedState(table: PropertyTable, inputs: PlainProperties): PlainProperties {
  const state: Record<string, Plain> = {};
  for (const [name, property] of Object.entries(table)) {
    const value = inputs[name];
    if (value !== undefined) state[name] = value;
    else if (property.computed) state[name] = UNKNOWN;
  }
  return state;
}

/** The state with secret properties sealed. */
export function sealed(table: PropertyTable, state: PlainProperties): Properties {
  const out: Record<string, Value> = {};
  for (const [name, value] of Object.entries(state)) {
    const property = table[name];
    if (property?.secret) out[name] = secret(value);
    else if (property?.type === "object" && isProperties(value)) out[name] = sealed(property.fields, value);
    else out[name] = value;
  }
  return out;
}

/** After a refresh: the inputs as they were, with what was found to be different. */
export function refreshedInputs(
  table: PropertyTable,
  inputs: PlainProperties,
  state: PlainProperties,
): PlainProperties {
  const out: Record<string, Plain> = {};
  for (const [name, given] of Object.entries(inputs)) {
    const property = table[name];
    const found = state[name];
    if (name === DEFAULTS || property === undefined) out[name] = given;
    else if (found !== undefined) out[name] = refreshed(property, given, found);
  }
  return out;
}

function refreshed(property: Property, given: Plain, found: Plain): Plain {
  if (isSame(property, found, given)) return given;
  if (property.type === "object" && isProperties(given) && isProperties(found)) {
    return refreshedInputs(property.fields, given, found);
  }
  return asInput(property, found);
}

/** After an import: all that was found and could have been given, without what is empty. */
export function importedInputs(table: PropertyTable, state: PlainProperties): PlainProperties {
  const out: Record<string, Plain> = {};
  for (const [name, property] of Object.entries(inputsOf(table))) {
    const value = state[name];
    if (value === undefined || (isEmpty(value) && property.required !== true)) continue;
    out[name] = asInput(property, value);
  }
  return out;
}

/** A value of the state without the parts of it that only the vendor fills in. */
function asInput(property: Property, value: Plain): Plain {
  if (property.type === "object" && isProperties(value)) return importedInputs(property.fields, value);
  if ((property.type === "list" || property.type === "set") && isList(value)) {
    return value.map((item) => asInput(property.of, item));
  }
  return value;
}
