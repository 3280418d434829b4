/** Reading the bags of properties that the engine sends. */
import { isList, isProperties, isUnknown } from "@ai-api-access/provider-kit";
import type { PlainProperties } from "@ai-api-access/provider-kit";

export function textAt(properties: PlainProperties, key: string): string | undefined {
  const value = properties[key];
  return typeof value === "string" ? value : undefined;
}

export function numberAt(properties: PlainProperties, key: string): number | undefined {
  const value = properties[key];
  return typeof value === "number" ? value : undefined;
}

/** The texts of the object at `key`; undefined instead of those that are not known yet. */
export function textsAt(properties: PlainProperties, key: string): ReadonlyMap<string, string | undefined> {
  const value = properties[key];
  if (!isProperties(value)) return new Map();
  return new Map(
    Object.entries(value).flatMap(([name, text]): [string, string | undefined][] =>
      typeof text === "string" ? [[name, text]] : isUnknown(text) ? [[name, undefined]] : [],
    ),
  );
}

/** The lists of texts of the object at `key`. */
export function listsAt(
  properties: PlainProperties,
  key: string,
): Readonly<Record<string, readonly string[]>> | undefined {
  const value = properties[key];
  if (!isProperties(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).map(([name, list]) => [name, isList(list) ? list.map(String) : []]),
  );
}
