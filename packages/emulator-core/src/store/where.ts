/** A value that a column or a place inside a document can be compared with. */
export type Scalar = string | number | boolean | null;

/** What a condition looks at: a declared column (indexed, fast) or a path inside the document (a scan). */
export type Operand<K extends string> = K | { readonly path: readonly string[] };

/** A condition on documents that may use the columns `K`. Build it with the functions below. */
export interface Where<K extends string> {
  /** SQL for the WHERE clause of the collection's table. */
  readonly sql: string;
  /** The parameters of the SQL, in order. */
  readonly params: readonly SqlValue[];
  /** Never set: it lets the compiler check the columns. */
  readonly columns?: K;
}

/** A scalar as SQLite stores it: booleans are 0 and 1. */
export type SqlValue = string | number | null;

type Sign = "=" | "<" | "<=" | ">" | ">=";

/** The operand equals the value, or a list at its path has it. Columns declared `ignoreCase` compare so. */
export function eq<K extends string>(operand: Operand<K>, value: Scalar): Where<K> {
  return compare(operand, "=", value);
}

/** The operand is equal, less or greater than the value. */
export function compare<K extends string>(operand: Operand<K>, sign: Sign, value: Scalar): Where<K> {
  const right = toSqlValue(value);
  const { sql, params } = operandSql(operand);
  if (right === null && sign === "=") return { sql: `${sql} IS NULL`, params };
  if (typeof operand !== "string" && sign === "=") {
    // A list at the path has the value when one of its elements is equal.
    return { sql: "EXISTS (SELECT 1 FROM json_each(doc, ?) WHERE value = ?)", params: [...params, right] };
  }
  return { sql: `${sql} ${sign} ?`, params: [...params, right] };
}

/** The operand equals one of the values; never true for an empty list. */
export function anyOf<K extends string>(operand: Operand<K>, values: readonly Scalar[]): Where<K> {
  const { sql, params } = operandSql(operand);
  // One parameter however many values there are: each SQL text is prepared and kept.
  const list = JSON.stringify(values.map(toSqlValue));
  return { sql: `${sql} IN (SELECT value FROM json_each(?))`, params: [...params, list] };
}

/** The operand matches a pattern in which `*` stands for any text. */
export function like<K extends string>(operand: Operand<K>, pattern: string, ignoreCase = true): Where<K> {
  const { sql, params } = operandSql(operand);
  if (!ignoreCase) return { sql: `${sql} GLOB ?`, params: [...params, pattern.replaceAll(/[[?]/g, "[$&]")] };
  const escaped = pattern.replaceAll(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return { sql: `${sql} LIKE ? ESCAPE '\\'`, params: [...params, escaped] };
}

/** No text sorts after one that ends with this. */
const LAST_CHARACTER = "\u{10FFFF}";

/** The column's text begins with this, compared as the column is. Unlike {@link like}, it uses the index. */
export function beginning<K extends string>(column: K, text: string): Where<K> {
  const name = quoteName(column);
  return { sql: `(${name} >= ? AND ${name} < ?)`, params: [text, `${text}${LAST_CHARACTER}`] };
}

/** The operand is there and is not null. */
export function present<K extends string>(operand: Operand<K>): Where<K> {
  const { sql, params } = operandSql(operand);
  return { sql: `${sql} IS NOT NULL`, params };
}

/** The operand equals a column of a document in another collection that matches. */
export function among<K extends string, L extends string>(
  operand: Operand<K>,
  { spec }: { readonly spec: { readonly name: string } },
  column: L,
  where: Where<NoInfer<L> | "key">,
): Where<K> {
  const { sql, params } = operandSql(operand);
  const rows = `SELECT ${quoteName(column)} FROM ${quoteName(spec.name)} WHERE ${where.sql}`;
  return { sql: `${sql} IN (${rows})`, params: [...params, ...where.params] };
}

/** All conditions hold; true for none. */
export function and<K extends string>(...all: readonly Where<K>[]): Where<K> {
  return joined(all, " AND ", "1");
}

/** At least one condition holds; false for none. */
export function or<K extends string>(...all: readonly Where<K>[]): Where<K> {
  return joined(all, " OR ", "0");
}

/** The condition does not hold. */
export function not<K extends string>({ sql, params }: Where<K>): Where<K> {
  // A comparison with NULL is unknown in SQL; here "not" means "does not hold".
  return { sql: `NOT COALESCE((${sql}), 0)`, params };
}

function joined<K extends string>(all: readonly Where<K>[], glue: string, none: string): Where<K> {
  if (all.length === 0) return { sql: none, params: [] };
  return { sql: `(${all.map(({ sql }) => sql).join(glue)})`, params: all.flatMap(({ params }) => params) };
}

function operandSql<K extends string>(operand: Operand<K>): { sql: string; params: readonly SqlValue[] } {
  if (typeof operand === "string") return { sql: quoteName(operand), params: [] };
  const path = operand.path.map((step) => `."${step.replaceAll('"', '\\"')}"`).join("");
  return { sql: "json_extract(doc, ?)", params: [`$${path}`] };
}

/** A scalar as SQLite stores it. */
export function toSqlValue(value: Scalar): SqlValue {
  return typeof value === "boolean" ? Number(value) : value;
}

/** Quotes the name of a table or column. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
