/** An object after a PATCH: given properties take the place of old ones, null takes them away. */
export function patched<T extends object>(object: T, changes: object): T {
  const result: T = { ...object, ...changes };
  for (const [key, value] of Object.entries(result)) {
    if (value === null) Reflect.deleteProperty(result, key);
  }
  return result;
}

/** A type without the undefined and null of its properties. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined | null> };

/** An object without the properties that are undefined or null. */
export function compact<T extends object>(object: T): Defined<T>;
export function compact(object: object): object {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined && value !== null),
  );
}
