import { and, eq } from "@ai-api-access/emulator-core";
import type { CollectionSpec, Where } from "@ai-api-access/emulator-core";

/** A value that a column can have. */
export type Scalar = Parameters<typeof eq>[1];

type Column<T> = NonNullable<CollectionSpec<T, string>["columns"]>[string];

/** Declares a collection; the names of its columns come from the declaration. */
export function collection<T, K extends string>(spec: CollectionSpec<T, K>): CollectionSpec<T, K> {
  return spec;
}

type PropertyColumns<K extends string> = {
  readonly [P in K]: Column<Readonly<Partial<Record<P, Scalar | undefined>>>>;
};

/** Columns that are properties of the documents; null where a document has none. */
export function columns<K extends string>(...names: readonly K[]): PropertyColumns<K>;
export function columns(...names: readonly string[]): object {
  return Object.fromEntries(
    names.map((name) => [name, { of: (doc: Readonly<Record<string, Scalar>>) => doc[name] ?? null }]),
  );
}

/** That columns have these values; one that is `undefined` may have any. */
export function matching<K extends string>(values: Readonly<Record<K, Scalar | undefined>>): Where<K>;
export function matching(values: Readonly<Record<string, Scalar | undefined>>): Where<string> {
  return and(
    ...Object.entries(values).flatMap(([column, value]) => (value === undefined ? [] : [eq(column, value)])),
  );
}
