import { z } from "zod";
import { and, compare, like, or, present } from "@ai-api-access/emulator-core";
import type { Where } from "@ai-api-access/emulator-core";
import { invalidSearch } from "./errors.ts";

/** The parameters with which users and groups are searched. */
export const searchQuery = {
  q: z.string().optional(),
  filter: z.string().optional(),
  search: z.string().optional(),
};

/** What was asked of a search. */
export interface SearchQuery {
  readonly q?: string | undefined;
  readonly filter?: string | undefined;
  readonly search?: string | undefined;
}

/** The names that an expression can use, with the columns that they stand for. */
type FilterFields<K extends string> = Readonly<Record<string, K | "key">>;

const CONDITION = /^(?<field>[\w.]+) +(?:(?<op>eq|sw|gt|ge|lt|le) +"(?<value>[^"]*)"|(?<present>pr))$/i;

const SIGNS = new Map<string, "=" | ">" | ">=" | "<" | "<=">([
  ["eq", "="],
  ["gt", ">"],
  ["ge", ">="],
  ["lt", "<"],
  ["le", "<="],
]);

/**
 * The conditions that `filter` and `search` parameters state, those that are given (Okta docs, "Filter"): conditions
 * such as `status eq "ACTIVE"`, joined by `and` and `or`, `and` before `or`, without parentheses. Throws 400 for an
 * expression that cannot be read or uses something else than the fields.
 */
export function filterWhere<K extends string>(
  fields: FilterFields<K>,
  ...expressions: readonly (string | undefined)[]
): Where<K | "key">[] {
  return expressions.flatMap((expression) => {
    if (expression === undefined || expression === "") return [];
    const alternatives = split(expression, "or").map((part) =>
      and(...split(part, "and").map((condition) => conditionOf(condition, fields))),
    );
    return [or(...alternatives)];
  });
}

/** How many conditions an expression can have: more than anybody writes, fewer than a query can be deep. */
const MOST = 100;

/** Parts of an expression around a word that is not inside quotation marks. */
function split(expression: string, word: string): string[] {
  const parts = expression.split(new RegExp(` +${word} +(?=(?:[^"]*"[^"]*")*[^"]*$)`, "i"));
  if (parts.length > MOST) throw invalidSearch(`at most ${String(MOST)} conditions joined by '${word}'`);
  return parts.map((part) => part.trim());
}

function conditionOf<K extends string>(condition: string, fields: FilterFields<K>): Where<K | "key"> {
  const { field, op = "", value = "", present: there } = CONDITION.exec(condition)?.groups ?? {};
  const column = field !== undefined && Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (column === undefined) {
    const names = Object.keys(fields).join(", ");
    throw invalidSearch(
      `'${condition}': wanted one of ${names}, an operator and a value, for example ${names.split(",")[0] ?? ""} eq "x"`,
    );
  }
  if (there !== undefined) return present(column);
  const sign = SIGNS.get(op.toLowerCase());
  return sign === undefined ? like(column, `${value}*`) : compare(column, sign, value);
}
