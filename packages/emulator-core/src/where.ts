/** A value that a column or a place inside a document can be compared with. */
export type Scalar = string | number | boolean | null;

/** What a condition looks at: a declared column (indexed, fast) or a path inside the document (a scan). */
export type Operand<K extends string> = K | { readonly path: readonly string[] };

/** A condition on documents. Build it with the functions below. */
export type Where<K extends string> =
  | { readonly op: "compare"; readonly operand: Operand<K>; readonly sign: Sign; readonly value: Scalar }
  | { readonly op: "anyOf"; readonly operand: Operand<K>; readonly values: readonly Scalar[] }
  | {
      readonly op: "like";
      readonly operand: Operand<K>;
      readonly pattern: string;
      readonly ignoreCase: boolean;
    }
  | { readonly op: "beginning"; readonly column: K; readonly text: string }
  | { readonly op: "present"; readonly operand: Operand<K> }
  | {
      readonly op: "among";
      readonly operand: Operand<K>;
      readonly table: string;
      readonly column: string;
      readonly where: Where<string>;
    }
  | { readonly op: "and" | "or"; readonly all: readonly Where<K>[] }
  | { readonly op: "not"; readonly of: Where<K> };

type Sign = "=" | "<" | "<=" | ">" | ">=";

/** The operand equals the value, or a list at its path has it. Columns declared `ignoreCase` compare so. */
export function eq<K extends string>(operand: Operand<K>, value: Scalar): Where<K> {
  return { op: "compare", operand, sign: "=", value };
}

/** The operand stands to the value as `sign` says. */
export function compare<K extends string>(operand: Operand<K>, sign: Sign, value: Scalar): Where<K> {
  return { op: "compare", operand, sign, value };
}

/** The operand equals one of the values; never true for an empty list. */
export function anyOf<K extends string>(operand: Operand<K>, values: readonly Scalar[]): Where<K> {
  return { op: "anyOf", operand, values };
}

/** The operand matches a pattern in which `*` stands for any text. */
export function like<K extends string>(operand: Operand<K>, pattern: string, ignoreCase = true): Where<K> {
  return { op: "like", operand, pattern, ignoreCase };
}

/** The column's text begins with this, by the column's own rule of case. Unlike {@link like}, it goes by the index. */
export function beginning<K extends string>(column: K, text: string): Where<K> {
  return { op: "beginning", column, text };
}

/** The operand is there and is not null. */
export function present<K extends string>(operand: Operand<K>): Where<K> {
  return { op: "present", operand };
}

/** The operand is the value of a column of another collection's document that fits. */
export function among<K extends string, L extends string>(
  operand: Operand<K>,
  { spec }: { readonly spec: { readonly name: string } },
  column: L,
  where: Where<NoInfer<L> | "key">,
): Where<K> {
  return { op: "among", operand, table: spec.name, column, where };
}

/** All conditions hold; true for none. */
export function and<K extends string>(...all: readonly Where<K>[]): Where<K> {
  return { op: "and", all };
}

/** At least one condition holds; false for none. */
export function or<K extends string>(...all: readonly Where<K>[]): Where<K> {
  return { op: "or", all };
}

/** The condition does not hold. */
export function not<K extends string>(of: Where<K>): Where<K> {
  return { op: "not", of };
}

/** No text sorts after one that ends with this. */
const LAST_CHARACTER = "\u{10FFFF}";

/** SQL text with its parameters, in order. */
export interface Sql {
  readonly text: string;
  readonly params: readonly (string | number | null)[];
}

/** A scalar as SQLite stores it: booleans are 0 and 1. */
export function toSqlValue(value: Scalar): string | number | null {
  return typeof value === "boolean" ? Number(value) : value;
}

/** Quotes the name of a table or column. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function operandSql<K extends string>(operand: Operand<K>): Sql {
  if (typeof operand === "string") return { text: quoteName(operand), params: [] };
  const path = operand.path.map((step) => `."${step.replaceAll('"', '\\"')}"`).join("");
  return { text: "json_extract(doc, ?)", params: [`$${path}`] };
}

function likeSql(left: Sql, pattern: string, ignoreCase: boolean): Sql {
  if (!ignoreCase) {
    const glob = pattern.replaceAll(/[[?]/g, "[$&]");
    return { text: `${left.text} GLOB ?`, params: [...left.params, glob] };
  }
  const escaped = pattern.replaceAll(/[\\%_]/g, "\\$&").replaceAll("*", "%");
  return { text: `${left.text} LIKE ? ESCAPE '\\'`, params: [...left.params, escaped] };
}

/** A condition as SQL for the WHERE clause of a collection's table. */
export function whereSql<K extends string>(where: Where<K>): Sql {
  switch (where.op) {
    case "and":
    case "or": {
      if (where.all.length === 0) return { text: where.op === "and" ? "1" : "0", params: [] };
      const parts = where.all.map((part) => whereSql(part));
      const glue = where.op === "and" ? " AND " : " OR ";
      return {
        text: `(${parts.map((part) => part.text).join(glue)})`,
        params: parts.flatMap((part) => part.params),
      };
    }
    case "not": {
      const inner = whereSql(where.of);
      // A comparison with nothing is unknown in SQL; here "not" means "does not hold".
      return { text: `NOT COALESCE((${inner.text}), 0)`, params: inner.params };
    }
    case "beginning": {
      const column = quoteName(where.column);
      return {
        text: `(${column} >= ? AND ${column} < ?)`,
        params: [where.text, `${where.text}${LAST_CHARACTER}`],
      };
    }
    case "present": {
      const left = operandSql(where.operand);
      return { text: `${left.text} IS NOT NULL`, params: left.params };
    }
    case "like":
      return likeSql(operandSql(where.operand), where.pattern, where.ignoreCase);
    case "anyOf": {
      const left = operandSql(where.operand);
      // One parameter however many values there are: each text of a statement is prepared and kept.
      return {
        text: `${left.text} IN (SELECT value FROM json_each(?))`,
        params: [...left.params, JSON.stringify(where.values.map(toSqlValue))],
      };
    }
    case "among": {
      const left = operandSql(where.operand);
      const inner = whereSql(where.where);
      const rows = `SELECT ${quoteName(where.column)} FROM ${quoteName(where.table)} WHERE ${inner.text}`;
      return { text: `${left.text} IN (${rows})`, params: [...left.params, ...inner.params] };
    }
    case "compare": {
      if (typeof where.operand !== "string" && where.sign === "=" && where.value !== null) {
        // A list at the path holds the value when one of its elements is it.
        const [path] = operandSql(where.operand).params;
        return {
          text: "EXISTS (SELECT 1 FROM json_each(doc, ?) WHERE value = ?)",
          params: [path ?? null, toSqlValue(where.value)],
        };
      }
      const left = operandSql(where.operand);
      const sign = where.value === null && where.sign === "=" ? "IS" : where.sign;
      return { text: `${left.text} ${sign} ?`, params: [...left.params, toSqlValue(where.value)] };
    }
  }
}
