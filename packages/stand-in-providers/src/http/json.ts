/** JSON as it is parsed; the vendors' answers are read through the narrowing helpers below. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Parses JSON text. Throws `SyntaxError`. */
export function parseJson(text: string): Json {
  return toJson(JSON.parse(text));
}

/** The JSON of an answer; `null` where there is none. */
export function answerOf(text: string): Json {
  if (text === "") return null;
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function toJson(value: unknown): Json {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object" || value === null) return null;
  const out: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) out[key] = toJson(item);
  return out;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The text at `key`, or undefined if there is none. */
export function textAt(value: Json | undefined, key: string): string | undefined {
  const found = isObject(value) ? value[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

/** The objects of the list at `key`; `value` itself if it is a bare list; empty if there is neither. */
export function objectsAt(value: Json | undefined, key: string): readonly JsonObject[] {
  const list = isObject(value) ? value[key] : value;
  return isArray(list) ? list.filter((item) => isObject(item)) : [];
}

/** The value at a dotted path such as `settings.oauthClient.grant_types`. */
export function valueAt(value: Json | undefined, path: string): Json | undefined {
  let found = value;
  for (const key of path.split(".")) found = isObject(found) ? found[key] : undefined;
  return found;
}

/** `over` laid over `base`, object by object; everything else in `over` wins. */
export function merged(base: JsonObject, over: JsonObject): JsonObject {
  const out: Record<string, Json> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = out[key];
    out[key] = isObject(below) && isObject(value) ? merged(below, value) : value;
  }
  return out;
}

/** The object without one of its keys. */
export function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A JSON object under construction, written at dotted paths. */
export class JsonBuilder {
  readonly #root: Record<string, Json> = {};

  set(path: string, value: Json): void {
    const [last = "", ...parents] = path.split(".").reverse();
    let at = this.#root;
    for (const key of parents.reverse()) {
      const existing = at[key];
      const next: Record<string, Json> = isObject(existing) ? { ...existing } : {};
      at[key] = next;
      at = next;
    }
    at[last] = value;
  }

  build(): JsonObject {
    return this.#root;
  }
}
