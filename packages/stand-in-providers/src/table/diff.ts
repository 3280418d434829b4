import { isDeepStrictEqual } from "node:util";
import { containsUnknown, isList, isProperties, isUnknown } from "@ai-api-access/provider-kit";
import type {
  DiffRequest,
  DiffResult,
  Plain,
  PlainProperties,
  PropertyChange,
} from "@ai-api-access/provider-kit";
import { parseJson } from "../http/json.ts";
import { filledIn } from "./check.ts";
import { inputsOf, isEmpty } from "./property.ts";
import type { Property, PropertyTable } from "./property.ts";

/**
 * What differs between the stored state and the new inputs. What the program never mentions is not compared;
 * the official plugins compare that too, where the vendor is not supposed to fill it in.
 */
export function diffResource(table: PropertyTable, request: DiffRequest): DiffResult {
  const changes = diffTable(table, request.state, request.oldInputs, request.inputs, "").filter(
    (change) => !request.ignoreChanges.some((path) => isWithin(change.path, path)),
  );
  const replaced = changes.some((change) => change.replace);
  return { changes, deleteBeforeReplace: replaced && hasFixedName(table, request.inputs) };
}

/** Two resources with the same given name could not exist side by side: the official plugins' rule. */
function hasFixedName(table: PropertyTable, inputs: PlainProperties): boolean {
  return Object.entries(table).some(
    ([name, property]) => property.autoName && inputs[name] !== undefined && !filledIn(inputs).has(name),
  );
}

function isWithin(path: string, outer: string): boolean {
  return path === outer || path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);
}

function diffTable(
  table: PropertyTable,
  state: PlainProperties,
  oldInputs: PlainProperties,
  inputs: PlainProperties,
  at: string,
): PropertyChange[] {
  return Object.entries(inputsOf(table)).flatMap(([name, property]) => {
    const path = `${at}${name}`;
    const replace = property.replace ?? false;
    const wanted = inputs[name] ?? undefined;
    const stored = state[name];
    if (wanted === undefined) {
      const known = oldInputs[name] !== undefined && !isEmpty(stored);
      const dropped = known && !property.computed;
      return dropped ? [{ path, kind: "delete", replace }] : [];
    }
    if (stored === undefined) return isEmpty(wanted) ? [] : [{ path, kind: "add", replace }];
    if (property.type === "object" && isProperties(wanted) && isProperties(stored)) {
      const old = oldInputs[name];
      const inner = diffTable(property.fields, stored, isProperties(old) ? old : {}, wanted, `${path}.`);
      return inner.map((change) => ({ ...change, replace: replace || (change.replace ?? false) }));
    }
    return isSame(property, stored, wanted) ? [] : [{ path, kind: "update", replace }];
  });
}

/** Whether the state already is as wanted. What is not known yet counts as different. */
export function isSame(property: Property, stored: Plain, wanted: Plain): boolean {
  if (isUnknown(wanted) || containsUnknown(wanted)) return false;
  switch (property.type) {
    case "object":
      if (!isProperties(stored) || !isProperties(wanted)) return false;
      return Object.entries(property.fields).every(([name, field]) => {
        const value = wanted[name] ?? undefined;
        const known = stored[name];
        if (value === undefined) return true;
        return known === undefined ? isEmpty(value) : isSame(field, known, value);
      });
    case "list":
      if (!isList(stored) || !isList(wanted) || stored.length !== wanted.length) return false;
      return wanted.every((item, index) => isSame(property.of, stored[index] ?? null, item));
    case "set": {
      if (!isList(stored) || !isList(wanted) || stored.length !== wanted.length) return false;
      return wanted.every((item) => stored.some((known) => isSame(property.of, known, item)));
    }
    case "map":
      return isProperties(stored) && isProperties(wanted) && sameEntries(stored, wanted);
    case "json":
      return property.sorted ? stored === wanted : isDeepStrictEqual(parsed(stored), parsed(wanted));
    case "string":
    case "number":
    case "boolean":
      return stored === wanted;
  }
}

function parsed(value: Plain): unknown {
  return typeof value === "string" && value !== "" ? parseJson(value) : undefined;
}

function sameEntries(one: PlainProperties, other: PlainProperties): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
