/** Reads of an answer what is there, without believing anything of its shape; zod would cost each start its load. */

export function valueAt(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

export function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key);
  return typeof found === "string" ? found : undefined;
}

/** The items of a list, or of the list at `key`; none where there is no list. */
export function itemsAt(value: unknown, key?: string): readonly unknown[] {
  const found = key === undefined ? value : valueAt(value, key);
  return Array.isArray(found) ? found : [];
}
