/** What differs between two values, leaf by leaf. */

/** One leaf; undefined where a side does not have it. */
export interface Difference {
  /** As the engine writes a path: `branding.colors.primary`, `scopeWhitelists[1]`, `metadata["cost center"]`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The leaves in which two values differ, in the order of their keys. Lists of plain values are one leaf. */
export function differences(before: unknown, after: unknown, path = ""): Difference[] {
  if (same(before, after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], joined(path, key)));
  }
  if (isListOfObjects(before) && isListOfObjects(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      differences(before[index], after[index], `${path}[${String(index)}]`),
    ).flat();
  }
  return [{ path, before, after }];
}

/** Whether a path is another one, or lies below it. */
export function covers(path: string, below: string): boolean {
  return below === path || below.startsWith(`${path}.`) || below.startsWith(`${path}[`);
}

function joined(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}

type Plain = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isListOfObjects(value: unknown): value is readonly Plain[] {
  return Array.isArray(value) && value.every(isObject);
}

function same(one: unknown, other: unknown): boolean {
  if (isObject(one) && isObject(other)) {
    const keys = Object.keys(one);
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]))
    );
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => same(value, other[index]));
  }
  return one === other;
}
